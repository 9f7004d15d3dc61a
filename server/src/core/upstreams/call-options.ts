/** Every call takes the signal that ends it. A read that fails throws an `upstream-…` AppError: empty means empty. */
export type CallOptions = Readonly<{
  signal: AbortSignal;
  /** Whatever is answered carries what the server said of it, word for word, as `raw`. */
  raw?: boolean;
}>;
