// What was laid out once is kept as long as its content is, in the newest width.

export function keepLaidOut<Content extends object, Pages>(
  layOut: (content: Content, width: number) => Pages,
): (content: Content, width: number) => Pages {
  const kept = new WeakMap<Content, { readonly width: number; readonly pages: Pages }>();
  return (content, width) => {
    const known = kept.get(content);
    if (known?.width === width) return known.pages;
    const pages = layOut(content, width);
    kept.set(content, { width, pages });
    return pages;
  };
}
