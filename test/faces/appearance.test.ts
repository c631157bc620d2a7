// What the config makes of the screen, from real files; and what is said about mistakes in them.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readAppearance } from '../../source/faces/appearance.ts';
import { loadConfig } from '../../source/project/config.ts';
import { findPlaces } from '../../source/project/environment.ts';
import { standardKeys } from '../../source/ui/keymap.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'hullspeed-appearance-'));
  await mkdir(join(home, '.config/hullspeed/themes'), { recursive: true });
});
afterEach(() => rm(home, { recursive: true }));

async function read(config: string, environment: Record<string, string> = {}) {
  await writeFile(join(home, '.config/hullspeed/config.toml'), config);
  const places = findPlaces({ HOME: home });
  const program = { app: 'hullspeed', environment, places, cwd: home };
  return readAppearance(program, await loadConfig({ places, environment, flags: {} }));
}

const refusal = (config: string): Promise<string> =>
  read(config).then(
    () => 'accepted',
    (error: Error) => error.message.replaceAll(home, '~'),
  );

const write = (name: string, text: string): Promise<void> =>
  writeFile(join(home, '.config/hullspeed/themes', name), text);

test('without a word in the config the screen is as it comes', async () => {
  expect(await read('')).toEqual({
    keymap: standardKeys,
    theme: 'auto',
    mouse: false,
    notify: true,
    reducedMotion: false,
  });
});

test('a theme of one’s own is found by its name', async () => {
  await write('mine.json', '{ "name": "mine", "base": "dark", "styles": { "accent": "bold red" } }');
  expect((await read('theme = "mine"')).theme).toEqual({
    own: { name: 'mine', base: 'dark', styles: { accent: 'bold red' } },
  });
});

test('the environment can ask for less motion', async () => {
  expect((await read('', { ACCESSIBLE: '1' })).reducedMotion).toBe(true);
});

test('a mistake is answered with file, line and the nearest right name', async () => {
  await write('mine.json', '{\n  "name": "mine",\n  "styles": {\n    "acent": "red"\n  }\n}\n');
  await write('grean.json', '{ "name": "g", "base": "dark",\n  "styles": { "ok": "grean" } }\n');
  await write('torn.json', '{\n  "name": \n}');
  const config = '~/.config/hullspeed/config.toml';
  const themes = '~/.config/hullspeed/themes';
  const table = {
    'theme = "mien"': `${config}:1: there is no theme "mien"; the nearest is "mine"; your own are in ${themes}.`,
    '\ntheme = "../../x"': `${config}:2: there is no theme "../../x"; the nearest is "auto"; your own are in ${themes}.`,
    'theme = "mine"': `${themes}/mine.json:4: theme mine: there is no token "acent"; the nearest is "accent".`,
    'theme = "grean"': `${themes}/grean.json:2: theme g, token ok: "grean" is no colour; the nearest is "green".`,
    'theme = "torn"': `${themes}/torn.json:1: is not valid JSON (Unexpected token '}').`,
    '# keys\n[bindings.tests]\n"run test" = "R"': `${config}:3: there is no action "run test" in tests; the nearest is "run tests".`,
    '[bindings.test]\n"run tests" = "R"': `${config}:2: there is no place "test"; the nearest is "tests".`,
    '[bindings.tests]\n"run tests" = "crtl+r"': `${config}:2: there is no key "crtl+r"; the nearest is "ctrl+r".`,
    '[bindings.everywhere]\nzoom = "ctrl+l"': `${config}:2: Ctrl+L is the key of "redraw"; give [bindings.everywhere] "redraw" another key, or [] for none.`,
  };
  for (const [text, message] of Object.entries(table)) expect(await refusal(text)).toBe(message);
});
