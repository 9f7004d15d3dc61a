import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Card } from '../../kit/card.tsx';
import { ConnectionForm } from '../../kit/connection-form.tsx';
import { accountsQuery, KINDS } from '../../kit/connection-types.ts';
import { Page as Frame } from '../../kit/page.tsx';
import { useParam } from '../../kit/params.ts';
import { useWords } from '../../kit/words.ts';

export function Page() {
  const say = useWords('connections');
  const sayShell = useWords('shell');
  const navigate = useNavigate();
  const given = useParam('kind');
  const kind = KINDS.find((one) => one === given);
  const accounts = useQuery(accountsQuery);
  const names = new Set((accounts.data ?? []).map(({ name }) => name));
  const up = { to: '/connections', label: say('up') };
  if (kind === undefined) return <Frame title={say('unknownKind')} up={up} />;
  const title = say('new', { kind: sayShell(`connection.kind.${kind}`) });
  return (
    <Frame title={title} lede={say('newLede')} up={up}>
      {accounts.data && (
        <Card title={sayShell(`connection.kind.${kind}`)} padded>
          <ConnectionForm
            kind={kind}
            suggested={names.has(kind) ? `${kind}_${names.size + 1}` : kind}
            onSaved={() => void navigate({ to: '/connections' })}
          />
        </Card>
      )}
    </Frame>
  );
}
