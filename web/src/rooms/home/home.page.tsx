import { useQuery } from '@tanstack/react-query';
import { api, take } from '../../api/client.ts';
import { Card, Row, Rows } from '../../kit/card.tsx';
import { Page as Frame } from '../../kit/page.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { useWords } from '../../kit/words.ts';

export function Page() {
  const say = useWords('home');
  const health = useQuery({ queryKey: ['health'], queryFn: ({ signal }) => take(api.GET('/api/v1/health', { signal })) });
  return (
    <Frame title={say('title')}>
      <Card title={say('state')}>
        <QueryState query={health} reading={say('reading')}>
          {(house) => (
            <Rows>
              <Row>{say('plans', { count: house.plans_waiting })}</Row>
              <Row>{say('conflicts', { count: house.conflicts_open })}</Row>
            </Rows>
          )}
        </QueryState>
      </Card>
    </Frame>
  );
}
