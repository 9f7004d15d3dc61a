import { Checkbox } from '@mantine/core';
import { useState } from 'react';

type IncludeBoxProps = Readonly<{
  label: string;
  /** What the server has it as. */
  checked: boolean;
  indeterminate?: boolean;
  change(checked: boolean): Promise<unknown>;
}>;

/** A box that shows what was wished at once, and what the server made of it as soon as it has answered. */
export function IncludeBox({ label, checked, indeterminate = false, change }: IncludeBoxProps) {
  const [wished, setWished] = useState<boolean>();
  const press = (next: boolean) => {
    setWished(next);
    // What failed is told where the list is; the box goes back.
    void change(next)
      .catch(() => undefined)
      .finally(() => setWished(undefined));
  };
  return (
    <Checkbox
      aria-label={label}
      checked={wished ?? checked}
      indeterminate={wished === undefined && indeterminate}
      onChange={() => press(!(wished ?? checked))}
    />
  );
}
