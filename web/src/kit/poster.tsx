import { useState } from 'react';
import { serverBase } from '../api/client.ts';
import classes from './poster.module.css';
import { type Drawing, drawingOf } from './poster-drawing.ts';

type PosterProps = Readonly<{
  /** Without one there is no picture to ask for. */
  id?: number;
  title: string;
  /** In CSS pixels; the height follows, 2:3. */
  width: number;
}>;

/** The title is lettered on drawings that are this wide. */
const LETTERED_FROM = 90;

function Motif({ motif, shift, palette: [, shape, light] }: Drawing) {
  const y = 40 + shift * 2;
  switch (motif) {
    case 0:
      return <circle cx="50" cy={y} r="26" fill={shape} />;
    case 1:
      return <path d={`M0 ${y + 40} L50 ${y - 10} L100 ${y + 40} V150 H0 Z`} fill={shape} />;
    case 2:
      return (
        <>
          <path d={`M0 ${y} Q25 ${y - 16} 50 ${y} T100 ${y} V150 H0 Z`} fill={shape} />
          <path d={`M0 ${y + 26} Q25 ${y + 10} 50 ${y + 26} T100 ${y + 26} V150 H0 Z`} fill={light} opacity="0.5" />
        </>
      );
    case 3:
      return [20, 42, 64].map((x, index) => (
        <rect key={x} x={x} y={y - 20 + index * 12} width="14" height="150" fill={index === 1 ? light : shape} />
      ));
    case 4:
      return (
        <>
          <circle cx="50" cy={y + 10} r="38" fill="none" stroke={shape} strokeWidth="6" />
          <circle cx="50" cy={y + 10} r="18" fill={light} />
        </>
      );
    case 5:
      return (
        <path
          d={`M50 ${y - 25} L64 ${y + 12} L100 ${y + 16} L72 ${y + 40} L82 ${y + 78} L50 ${y + 56} L18 ${y + 78} L28 ${y + 40} L0 ${y + 16} L36 ${y + 12} Z`}
          fill={shape}
        />
      );
    case 6:
      return [0, 1, 2, 3].map((row) => (
        <rect key={row} x={row % 2 === 0 ? 12 : 30} y={y + row * 20} width="58" height="8" rx="4" fill={row % 2 === 0 ? shape : light} />
      ));
    case 7:
      return (
        <>
          <path d="M0 150 L100 30 V150 Z" fill={shape} />
          <circle cx="28" cy={y} r="14" fill={light} />
        </>
      );
    default:
      return [18, 50, 82].map((x, index) => (
        <circle key={x} cx={x} cy={y + index * 18} r={10 + index * 6} fill={index === 1 ? light : shape} opacity="0.9" />
      ));
  }
}

/** A poster that is drawn from the title alone: the same title always draws the same. */
function Drawn({ title, isLettered }: Readonly<{ title: string; isLettered: boolean }>) {
  const drawing = drawingOf(title);
  return (
    <svg viewBox="0 0 100 150" preserveAspectRatio="xMidYMid slice" className={classes.drawn} aria-hidden focusable="false">
      <rect width="100" height="150" fill={drawing.palette[0]} />
      <g transform={`rotate(${drawing.turn % 60 === 30 ? 6 : -4} 50 75)`}>
        <Motif {...drawing} />
      </g>
      {isLettered && (
        <foreignObject x="6" y="96" width="88" height="50">
          <p className={classes.letters} style={{ color: drawing.palette[2] }}>
            {title}
          </p>
        </foreignObject>
      )}
    </svg>
  );
}

/** The title's poster, through our own server; drawn where there is none. It says nothing to those who hear: the title stands beside it. */
export function Poster({ id, title, width }: PosterProps) {
  const [state, setState] = useState<'loading' | 'there' | 'none'>(id === undefined ? 'none' : 'loading');
  const height = Math.round(width * 1.5);
  return (
    <span className={classes.poster} style={{ width, height }} aria-hidden>
      <Drawn title={title} isLettered={width >= LETTERED_FROM && state !== 'there'} />
      {id !== undefined && state !== 'none' && (
        <img
          src={`${serverBase()}/api/v1/titles/${id}/poster?width=${width * 2}`}
          alt=""
          width={width}
          height={height}
          loading="lazy"
          decoding="async"
          className={state === 'there' ? classes.there : classes.waiting}
          onLoad={() => setState('there')}
          onError={() => setState('none')}
        />
      )}
    </span>
  );
}
