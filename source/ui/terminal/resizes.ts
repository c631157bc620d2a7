// When the terminal has another size, or had one for a moment.

/** Calls all of the listeners in their order. Returns the way to stop. */
export function listenForResizes(stdout: NodeJS.WriteStream, ...listeners: (() => void)[]): () => void {
  const onResize = (): void => {
    for (const listener of listeners) listener();
  };
  // The stream says nothing of a size that was gone again before it looked; the signal comes in any case.
  stdout.on('resize', onResize);
  process.on('SIGWINCH', onResize);
  return () => {
    stdout.off('resize', onResize);
    process.off('SIGWINCH', onResize);
  };
}
