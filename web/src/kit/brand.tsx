/** The ticket with a U. */
export function Brand({ size = 28 }: Readonly<{ size?: number }>) {
  return (
    <svg viewBox="0 0 28 28" width={size} height={size} aria-hidden="true">
      <path
        fill="var(--accent)"
        d="M3 9a3 3 0 0 1 3-3h16a3 3 0 0 1 3 3v2.2a2.8 2.8 0 0 0 0 5.6V19a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3v-2.2a2.8 2.8 0 0 0 0-5.6z"
      />
      <path fill="none" stroke="var(--on-accent)" strokeWidth="2.2" strokeLinecap="round" d="M10.5 10v4.3a3.5 3.5 0 0 0 7 0V10" />
    </svg>
  );
}
