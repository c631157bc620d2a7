// Matches paths of a project against the patterns of its config, in linear time however odd the pattern.

/**
 * Whether a path (relative, `/`-separated) fits a pattern: `*` and `?` within a name, `**` for any number of folders.
 * A pattern without a slash fits names in any folder, as in .gitignore.
 */
export function matchesGlob(path: string, pattern: string): boolean {
  const names = pattern.replace(/^\.?\//, '').split('/');
  const wanted = pattern.includes('/') ? names : ['**', ...names];
  return fits(path.split('/'), wanted, '**', (name, each) => fits([...name], [...each], '*', fitsCharacter));
}

function fitsCharacter(character: string, wanted: string): boolean {
  return wanted === '?' || wanted === character;
}

/** Whether items fit wanted ones one by one, where `star` stands for any number of items. */
function fits(
  items: readonly string[],
  wanted: readonly string[],
  star: string,
  same: (item: string, wanted: string) => boolean,
): boolean {
  let item = 0;
  let want = 0;
  // Where to go on when what follows the last star does not fit: the star then takes one item more.
  let afterStar = -1;
  let starEnd = 0;
  while (item < items.length) {
    const next = wanted[want];
    if (next === star) {
      want += 1;
      afterStar = want;
      starEnd = item;
    } else if (next !== undefined && same(items[item] ?? '', next)) {
      item += 1;
      want += 1;
    } else if (afterStar >= 0) {
      starEnd += 1;
      item = starEnd;
      want = afterStar;
    } else {
      return false;
    }
  }
  return wanted.slice(want).every((each) => each === star);
}
