import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef } from 'react';

type VirtualListProps = Readonly<{
  /** What the list holds, for those who hear the page. */
  label: string;
  /** How many there are in all; exact. */
  count: number;
  /** Every row is this high, so that the list is placed by arithmetic. */
  rowHeight: number;
  row(index: number): ReactNode;
}>;

/** A list of any length, of which only what is near the eye is on the page. It scrolls with the page. */
export function VirtualList({ label, count, rowHeight, row }: VirtualListProps) {
  const list = useRef<HTMLDivElement>(null);
  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: list.current?.offsetTop ?? 0,
  });
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by arithmetic, which a table does not allow
    <div ref={list} role="table" aria-label={label} aria-rowcount={count} style={{ position: 'relative', height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map((item) => (
        // biome-ignore lint/a11y/useSemanticElements: as above
        // biome-ignore lint/a11y/useFocusableInteractive: a row is no control
        <div
          key={item.key}
          role="row"
          aria-rowindex={item.index + 1}
          style={{ position: 'absolute', insetInline: 0, top: item.start - virtual.options.scrollMargin, height: rowHeight }}
        >
          {row(item.index)}
        </div>
      ))}
    </div>
  );
}
