// The file of what a terminal remembers.
import { lstatSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readView, writeView } from '../../source/journal/view-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hullspeed-view-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('is for the person alone and replaced whole', () => {
  expect(readView(folder)).toBeNull();
  writeView(folder, 'one');
  writeView(folder, 'two');
  expect(readView(folder)).toBe('two');
  expect(lstatSync(join(folder, 'view.json')).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['view.json']);
});

test('is not read through a link, nor where it is larger than ours can be', () => {
  writeFileSync(join(folder, 'elsewhere'), 'secret');
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'view.json'));
  expect(readView(folder)).toBeNull();
  rmSync(join(folder, 'view.json'));
  writeFileSync(join(folder, 'view.json'), 'x'.repeat(16_000_001));
  expect(readView(folder)).toBeNull();
});

test('that cannot be written is no reason to stop', () => {
  writeView(join(folder, 'gone'), 'text');
  expect(readView(join(folder, 'gone'))).toBeNull();
});
