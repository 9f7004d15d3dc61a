import { Link } from '@tanstack/react-router';
import { Page } from '../kit/page.tsx';
import { useWords } from '../kit/words.ts';

export function NotFound() {
  const say = useWords('shell');
  return (
    <main id="main" tabIndex={-1} style={{ padding: 24 }}>
      <Page title={say('notFound.title')} lede={say('notFound.lede')}>
        <Link to="/">{say('notFound.home')}</Link>
      </Page>
    </main>
  );
}
