import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { number } from './numbers.ts';
import { Trouble } from './trouble.tsx';
import { useWords } from './words.ts';

type DangerProps = Readonly<{
  /** The verb with object and count, on the button and as the heading. */
  action: string;
  /** What it does, how much, and what cannot come back. */
  children: ReactNode;
  /** How much goes: typed by whoever wants it. */
  count: number;
  act(): Promise<unknown>;
}>;

/** An action that takes something away. The number is typed, and a wrong one keeps the button away; what fails is told in place. */
export function Danger({ action, children, count, act }: DangerProps) {
  const say = useWords('shell');
  const [isOpen, { open, close }] = useDisclosure(false);
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await act();
      close();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button color="red" variant="outline" onClick={open}>
        {action}
      </Button>
      <Modal opened={isOpen} onClose={close} title={action} closeButtonProps={{ 'aria-label': say('close') }}>
        <Stack>
          {children}
          <TextInput
            label={say('danger.type', { number: number(count) })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            inputMode="numeric"
          />
          {error !== undefined && <Trouble error={error} />}
          {typed.replaceAll(/\D/g, '') === String(count) && (
            <Button color="red" variant="filled" loading={isBusy} onClick={() => void go()}>
              {action}
            </Button>
          )}
        </Stack>
      </Modal>
    </>
  );
}
