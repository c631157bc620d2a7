// Paths of images in what was typed, pasted or dragged: escaped, quoted, or as file URLs, as terminals write them.

const images = /\.(?:png|jpe?g|gif|webp)$/i;
// Only plain spaces part paths: names of screenshots have narrow ones in them.
const words = /(?:\\.|'[^']*'|"[^"]*"|[^ \t\\'"])+/g;

/** What is looked at before the cursor, in UTF-16 units: a line may be megabytes long. */
const LONGEST = 4_096;

/** The paths, where the text is paths of images and nothing else; undefined where it is more, or less. */
export function imagePathsIn(text: string): readonly string[] | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const paths = lines.flatMap((line) => wholePath(line.trim()) ?? line.match(words)?.map(unquote) ?? []);
  return paths.length > 0 && paths.every(isImagePath) ? paths : undefined;
}

/** The path of an image that ends at this column, and where it begins. */
export function imagePathBefore(line: string, column: number): { path: string; from: number } | undefined {
  const start = Math.max(0, column - LONGEST);
  const word = [...line.slice(start, column).matchAll(words)].at(-1);
  if (word === undefined || start + word.index + word[0].length !== column) return undefined;
  const path = unquote(word[0]);
  return isImagePath(path) ? { path, from: start + word.index } : undefined;
}

/** How a path is called beside its image: as it stands in the project, else by its last part. */
export function imageName(path: string): string {
  return /^(?:\/|~\/|\.\.\/)/.test(path) ? path.slice(path.lastIndexOf('/') + 1) : path.replace(/^\.\//, '');
}

export function isImageName(path: string): boolean {
  return images.test(path);
}

/** A name alone may well be meant as words. */
function isImagePath(path: string): boolean {
  return images.test(path) && path.includes('/');
}

/** One path with spaces that nobody has escaped. */
function wholePath(line: string): readonly string[] | undefined {
  const plain = /^(?:\/|~\/)[^\\'"]*$/.test(line) && images.test(line);
  return plain && !/ (?:\/|~\/)/.test(line) ? [line] : undefined;
}

function unquote(word: string): string {
  const path = word.replace(
    /\\(.)|'([^']*)'|"([^"]*)"/g,
    (_, escaped, single, double) => escaped ?? single ?? double,
  );
  if (!/^file:\/\//i.test(path)) return path;
  try {
    return decodeURIComponent(new URL(path).pathname);
  } catch {
    return path;
  }
}
