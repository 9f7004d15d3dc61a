import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemError } from '../api/client.ts';
import { theme } from './theme.ts';

/** An answer that says no stays no; what did not come is asked for again. */
const isWorthAnotherTry = (count: number, error: Error): boolean =>
  count < 2 && !(error instanceof ProblemError && error.status >= 400 && error.status < 500);

const queries = new QueryClient({
  defaultOptions: { queries: { retry: isWorthAnotherTry, staleTime: 15_000, refetchOnWindowFocus: true } },
});

// Held from the start: what a browser shows of the attribute later is empty.
const given = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
const nonce = (): string => given;
// The library's overlays write a style element by way of a package that looks for the nonce here.
Object.assign(globalThis, { __webpack_nonce__: given });

export function Providers({ children }: Readonly<{ children: ReactNode }>) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={nonce}>
      <QueryClientProvider client={queries}>
        <Notifications position="bottom-center" />
        {children}
      </QueryClientProvider>
    </MantineProvider>
  );
}
