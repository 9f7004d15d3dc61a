import { Kbd, Modal, Table } from '@mantine/core';
import { useWords } from '../kit/words.ts';

/** The keys of the app, by where they work. */
const KEYS = [
  ['everywhere', ['Ctrl K', '/', '?']],
  ['home', ['1 – 9']],
  ['titles', ['J', 'K', 'Enter', 'X']],
  ['title', ['W', 'R', 'L']],
  ['tracker', ['E']],
  ['requests', ['T']],
  ['sync', ['P', 'A']],
  ['people', ['M']],
  ['player', ['Space', '← →']],
  ['logs', ['F']],
  ['connections', ['N']],
  ['settings', ['Ctrl S']],
] as const;

/** What each key does, for whoever pressed the question mark. */
export function Shortcuts({ onClose }: Readonly<{ onClose: () => void }>) {
  const say = useWords('shell');
  return (
    <Modal opened onClose={onClose} title={say('keys.heading')} closeButtonProps={{ 'aria-label': say('close') }}>
      <Table>
        <Table.Tbody>
          {KEYS.flatMap(([where, keys]) =>
            keys.map((key, index) => (
              <Table.Tr key={key + where}>
                <Table.Th scope="row">{say(`keys.where.${where}`)}</Table.Th>
                <Table.Td>
                  <Kbd c="inherit">{key}</Kbd>
                </Table.Td>
                <Table.Td>{say(`keys.${where}.${index}`)}</Table.Td>
              </Table.Tr>
            )),
          )}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
