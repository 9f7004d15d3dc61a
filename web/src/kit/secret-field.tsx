import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useWords } from './words.ts';

/** A secret that is typed once: dots, shown only while somebody wants to see it, never sent back by the server. */
export function SecretField(props: PasswordInputProps) {
  const say = useWords('shell');
  return (
    <PasswordInput
      autoComplete="off"
      spellCheck={false}
      visibilityToggleButtonProps={{ 'aria-label': say('secret.show'), tabIndex: 0 }}
      {...props}
    />
  );
}
