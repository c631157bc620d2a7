// Text behind a mark: a bullet, a prompt's `›`, the `+` of a diff. All its rows stand under its first word.
import { cut, width as widthOf } from './width.ts';
import { wrap } from './wrap.ts';

/** Rows of at most `width` columns; without room for both, the mark alone is left. */
export function behind(
  mark: string,
  text: string,
  width: number,
  options: { readonly hanging?: number } = {},
): string[] {
  const inset = widthOf(mark);
  if (inset >= width) return width < 1 ? [] : [cut(mark, width)];
  return wrap(text, width - inset, options).map((row, at) =>
    at === 0 ? mark + row : row && ' '.repeat(inset) + row,
  );
}
