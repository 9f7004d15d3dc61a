import { useNavigate } from '@tanstack/react-router';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { usePreference } from '../../kit/preferences.ts';
import { Trouble } from '../../kit/trouble.tsx';
import { useShortcut } from '../../kit/use-shortcut.ts';
import { useWords } from '../../kit/words.ts';
import { Row } from './title-row.tsx';
import { Tile } from './title-tile.tsx';
import classes from './titles.module.css';
import { type Narrowing, type Sort, useTitleWindows, type useWho } from './titles-data.ts';
import { useKeptScroll } from './use-kept-scroll.ts';

type TitleListProps = Readonly<{
  narrowing: Narrowing;
  order: Readonly<{ sort: Sort; order: 'asc' | 'desc' | undefined }>;
  total: number;
  as: 'list' | 'posters';
  selected: ReadonlySet<number>;
  onToggle(id: number): void;
  who: ReturnType<typeof useWho>;
  onSearch(): void;
}>;

const COMFORTABLE = 70;
const COMPACT = 44;
/** A tile's picture, its two lines, and the space around it. */
const TILE_WIDTH = 150;
const TILE_WORDS = 58;
const GAP = 16;

/** How the list lies on the page: where it begins, and how many tiles stand beside each other. */
function useLayout(as: 'list' | 'posters') {
  const list = useRef<HTMLDivElement>(null);
  const [layout, setLayout] = useState({ top: 0, width: 0 });
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const measure = () => {
      const top = Math.round(element.getBoundingClientRect().top + window.scrollY);
      const width = element.clientWidth;
      setLayout((before) => (before.top === top && before.width === width ? before : { top, width }));
    };
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    watcher.observe(document.body);
    return () => watcher.disconnect();
  }, []);
  const columns = as === 'list' ? 1 : Math.max(2, Math.floor((layout.width + GAP) / (TILE_WIDTH + GAP)));
  const tile = columns === 1 ? 0 : Math.floor((layout.width - GAP * (columns - 1)) / columns);
  return { list, top: layout.top, columns, tile, isKnown: layout.width > 0 };
}

/** All titles that match, however many: rows of one height, placed by arithmetic, read by windows as the eye comes to them. */
export function TitleList({ narrowing, order, total, as, selected, onToggle, who, onSearch }: TitleListProps) {
  const say = useWords('titles');
  const [density] = usePreference('density');
  const navigate = useNavigate();
  const { list, top, columns, tile, isKnown: layoutIsKnown } = useLayout(as);
  const [current, setCurrent] = useState(-1);
  const rowHeight = as === 'posters' ? Math.round(tile * 1.5) + TILE_WORDS + GAP : density === 'compact' ? COMPACT : COMFORTABLE;
  const rows = Math.ceil(total / columns);
  const virtual = useWindowVirtualizer({ count: rows, estimateSize: () => rowHeight, overscan: 6, scrollMargin: top });
  useEffect(() => virtual.measure(), [rowHeight, virtual]);
  useKeptScroll(layoutIsKnown ? virtual.getTotalSize() : 0);
  const items = virtual.getVirtualItems();
  const first = (items[0]?.index ?? 0) * columns;
  const last = ((items.at(-1)?.index ?? 0) + 1) * columns - 1;
  const windows = useTitleWindows(narrowing, order, first, Math.min(last, total - 1));

  const focusOn = (index: number) => {
    const next = Math.min(total - 1, Math.max(0, index));
    setCurrent(next);
    virtual.scrollToIndex(Math.floor(next / columns), { align: 'auto' });
    // Only once the row is on the page can it have the focus.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-title-index="${next}"] a`)?.focus()),
    );
  };
  useShortcut('j', () => focusOn(current + 1));
  useShortcut('k', () => focusOn(current - 1));
  useShortcut('x', () => {
    const row = windows.at(current);
    if (row) onToggle(row.id);
  });
  useShortcut('Enter', () => {
    const row = windows.at(current);
    if (!row) return;
    const focused = document.activeElement;
    if (focused instanceof HTMLElement && /^(A|BUTTON)$/.test(focused.tagName)) focused.click();
    else void navigate({ to: '/titles/$id' as never, params: { id: String(row.id) } as never });
  });
  useSlash(onSearch);

  return (
    <>
      {windows.error && <Trouble error={windows.error} again={windows.again} />}
      {/* biome-ignore lint/a11y/useSemanticElements: rows are placed by arithmetic, which a table does not allow */}
      <div role="table" aria-label={say('title')} aria-rowcount={total + 1} className={as === 'list' ? classes.list : classes.tiles}>
        <Head isHidden={as === 'posters'} />
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        <div ref={list} role="rowgroup" className={classes.rows} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const style = { top: item.start - virtual.options.scrollMargin, height: rowHeight };
            if (as === 'posters') {
              const count = Math.min(columns, total - item.index * columns);
              const from = item.index * columns;
              return (
                // biome-ignore lint/a11y/useSemanticElements: as above
                // biome-ignore lint/a11y/useFocusableInteractive: a row is no control
                <div
                  key={item.key}
                  role="row"
                  aria-rowindex={from + 2}
                  className={classes.tileRow}
                  style={{ ...style, gridTemplateColumns: `repeat(${columns}, ${tile}px)` }}
                >
                  {Array.from({ length: count }, (_, at) => (
                    <Tile key={from + at} index={from + at} row={windows.at(from + at)} width={tile} />
                  ))}
                </div>
              );
            }
            const row = windows.at(item.index);
            return (
              <Row
                key={item.key}
                index={item.index}
                row={row}
                style={style}
                isCompact={density === 'compact'}
                isCurrent={item.index === current}
                isSelected={row !== undefined && selected.has(row.id)}
                onToggle={onToggle}
                who={who}
              />
            );
          })}
        </div>
      </div>
      <p className={`small muted ${classes.foot}`}>
        <span>{say('foot', { total: new Intl.NumberFormat('en-GB').format(total) })}</span>
        <span className={classes.noPhone}>{say('keys')}</span>
      </p>
    </>
  );
}

/** What the columns are; on a phone and above posters it is only heard. */
function Head({ isHidden }: Readonly<{ isHidden: boolean }>) {
  const say = useWords('titles');
  return (
    // biome-ignore lint/a11y/useSemanticElements: as the list
    // biome-ignore lint/a11y/useFocusableInteractive: a row is no control
    <div role="row" aria-rowindex={1} className={isHidden ? 'vh' : classes.head}>
      {['pick', 'title', 'on', 'seen', 'latest'].map((column) => (
        // biome-ignore lint/a11y/useSemanticElements: as the list
        // biome-ignore lint/a11y/useFocusableInteractive: a heading is no control
        <span key={column} role="columnheader">
          {column === 'pick' ? <span className="vh">{say('column.pick')}</span> : say(`column.${column}`)}
        </span>
      ))}
    </div>
  );
}

/** On this page the slash goes to its own filter, and not to the palette: whoever is nearer is asked first. */
function useSlash(act: () => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isField = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (event.key !== '/' || isField || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, []);
}
