import fc from 'fast-check';
import { Lexer } from 'marked';
import { expect, test } from 'vitest';
import { createStreamingMarkdown, markdownRows } from '../../../source/ui/text/markdown.ts';
import { lexMarkdown } from '../../../source/ui/text/markdown-lexer.ts';
import type { Theme } from '../../../source/ui/theme.ts';
import { dark, expectSound, hostile, mono, plain } from './sound-rows.ts';

const rows = (text: string, columns = 40): string[] => plain(markdownRows(text, columns, dark));

test.each([
  ['a heading', '## Try *it*', ['Try it']],
  ['a paragraph is filled', 'one\ntwo\n\n\n\nthree', ['one two', '', 'three']],
  ['a hard break', 'one  \ntwo', ['one', 'two']],
  ['no blank row where the source has none', '# A\ntext\n- item', ['A', 'text', '• item']],
  ['a nested list', '- a\n  - b\n    1. c\n- d', ['• a', '  • b', '    1. c', '• d']],
  ['numbers as the model wrote them', '3. a\n4. b\n', ['3. a', '4. b']],
  ['a year is no list', 'It was\n2019. Then', ['It was 2019. Then']],
  ['tasks', '- [x] a\n- [ ] b', ['☑ a', '☐ b']],
  ['a loose list', '- a\n\n- b\n\n  more', ['• a', '', '• b', '', '  more']],
  ['a quote', '> a\n> - b', ['│ a', '│ • b']],
  ['a rule', 'a\n\n---\n\nb', ['a', '', '─'.repeat(40), '', 'b']],
  ['code', '```ts\nconst a = 1;\n\n  b();\n```\nend', ['  const a = 1;', '', '    b();', 'end']],
  ['code in an item', '1. a\n   ```sh\n   ls\n   ```\n2. b', ['1. a', '     ls', '2. b']],
  ['entities', 'a &amp; b &lt;c&gt; `&amp;`', ['a & b <c> &amp;']],
  ['HTML as it stands', '<b>x</b>', ['<b>x</b>']],
  ['a link with its host', '[docs](https://example.com/a)', ['docs (example.com)']],
  ['a label that lies', '[https://good.test](https://evil.test/x)', ['https://good.test (evil.test)']],
  ['a bare address', 'see https://example.com/a', ['see https://example.com/a']],
  ['an address with a name before it', 'https://a.test@evil.test', ['https://a.test@evil.test (evil.test)']],
  ['a name before the host', '[x](https://good.test@evil.test/a)', ['x (evil.test)']],
  ['a host in other letters', '[x](https://\u0430pple.com)', ['x (xn--pple-43d.com)']],
  ['such a bare address', '<https://\u0430pple.com>', ['https://\u0430pple.com (xn--pple-43d.com)']],
  ['a link to anything but the web', '[x](javascript:alert(1)) [y](file:///etc/passwd) [z](a.md)', ['x y z']],
  ['an image', '![cat](https://example.com/cat.png)', ['[image: cat] (example.com)']],
  ['nothing', ' \n\n', []],
])('%s', (_, text, expected) => {
  expect(rows(text)).toEqual(expected);
});

test('a table is as wide as it needs to be', () => {
  expect(rows('| a | n |\n|---|--:|\n| `x` | 12 |\n| yy | 3 |')).toEqual([
    'a  │  n',
    '───┼───',
    'x  │ 12',
    'yy │  3',
  ]);
});

test('a table that is too wide wraps its widest columns', () => {
  expect(rows('| a | b |\n|---|---|\n| one | two three four five six |', 20)).toEqual([
    'a   │ b             ',
    '────┼───────────────',
    'one │ two three four',
    '    │ five six      ',
  ]);
});

test('wide characters and emoji stay in their columns', () => {
  expect(rows('| a | b |\n|---|---|\n| 漢字 | 👍🏽 |\n| x | yy |')).toEqual([
    'a    │ b ',
    '─────┼───',
    '漢字 │ 👍🏽',
    'x    │ yy',
  ]);
});

test('a table without room for columns becomes a list', () => {
  expect(
    rows('| a | b | c |\n|---|---|---|\n| first thing | second thing | third |\n| 1 | 2 | 3 |', 18),
  ).toEqual([...['a: first thing', 'b: second thing', 'c: third', ''], ...['a: 1', 'b: 2', 'c: 3']]);
});

test('code is coloured when its fence is closed, and stands where it stood', () => {
  const open = markdownRows('```ts\nconst a = 1;', 40, dark);
  const closed = markdownRows('```ts\nconst a = 1;\n```', 40, dark);
  expect(open).toEqual(['  const a = 1;']);
  expect(closed).toEqual([`  ${dark.sgr('keyword', 'const')} a = ${dark.sgr('number', '1')};`]);
  expect(markdownRows('```ts\nconst a = 1;\n```', 40, dark, { highlight: false })).toEqual(open);
});

test('weight is not lost without colours', () => {
  expect(markdownRows('**bold** ~~gone~~', 40, mono)).toEqual(['\x1b[1mbold\x1b[0m \x1b[9mgone\x1b[0m']);
});

test.each(hostile.map((text) => [text.slice(0, 30), text]))('%j is drawn soundly at any width', (_, text) => {
  for (const columns of [1, 2, 7, 12, 40, 120]) expectSound(markdownRows(text, columns, dark), columns);
});

const block = fc.oneof(
  fc.constantFrom(
    '# h',
    '- a',
    '- ',
    '-',
    '  - b',
    '1. x',
    '2) y',
    '> q',
    '```',
    '```ts',
    '~~~',
    '  ```',
    '   indented',
    '---',
    '===',
    '| a | b |',
    '|---|---|',
    '| 1 | 2 |',
    '',
    ' ',
    '\t',
    'word word word',
    '[x](https://a.test)',
    '**b',
    '\r',
  ),
  fc.constantFrom(...hostile.map((text) => text.slice(0, 300))),
  fc.string(),
);
const document = fc.array(block, { maxLength: 30 }).map((lines) => lines.join('\n'));

test('marked’s tokens are the same without the rules that cannot match', () => {
  const tokensOr = (lex: () => unknown): unknown => {
    try {
      return lex();
    } catch (error) {
      return String(error);
    }
  };
  const line = fc.oneof(block, fc.string({ unit: fc.constantFrom(...'ab \n-=|:>#<`*_[]1.') }));
  const text = fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, (markdown) => {
      const all = tokensOr(() => new Lexer({ gfm: true }).lex(markdown));
      expect(tokensOr(() => lexMarkdown(markdown))).toEqual(all);
    }),
    { numRuns: 500 },
  );
});

test('any markdown gives sound rows', () => {
  fc.assert(
    fc.property(document, fc.integer({ min: 1, max: 60 }), (text, columns) =>
      expectSound(markdownRows(text, columns, dark), columns),
    ),
    { numRuns: 300 },
  );
});

const MOST_STEPS = 60;

test('a text that streams ends as the same text laid out whole', () => {
  fc.assert(
    fc.property(document, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (text, steps) => {
      const streaming = createStreamingMarkdown(dark);
      // Marked takes 250 ms for 300 quotes within each other: not for each of a thousand letters.
      const least = Math.ceil(text.length / MOST_STEPS);
      for (let end = 0, step = 0; end < text.length; step += 1) {
        end += Math.max(least, steps[step % steps.length] ?? 1);
        const [soFar, lines] = [text.slice(0, end), upTo(step % 3)];
        if (step % 2 === 0) streaming.ahead(soFar, lines);
        expectSound(step % 4 === 0 ? streaming.soFar(soFar, 30) : streaming.rows(soFar, 30), 30);
      }
      expect(streaming.rows(text, 30)).toEqual(markdownRows(text, 30, dark));
    }),
    { numRuns: 300 },
  );
});

/** Says so many times that it goes on. */
function upTo(times: number): () => boolean {
  let left = times;
  return () => left-- > 0;
}

test('a frame draws what was laid out ahead of it, and what has begun to follow that', () => {
  const streaming = createStreamingMarkdown(dark);
  streaming.soFar('', 20);
  const text = 'one\n\ntwo\n\nth';
  expect(streaming.ahead(text, upTo(2))).toBe(true);
  expect(streaming.soFar(text, 20)).toEqual(['one']);
  expect(streaming.ahead(`${text}ree`, upTo(9))).toBe(true);
  expect(streaming.soFar(`${text}ree`, 20)).toEqual(['one', '', 'two', '', 'three']);
  expect(streaming.ahead(`${text}ree`, upTo(9))).toBe(false);
  expect(streaming.soFar(`${text}ree\n\nfour\n`, 20)).toEqual(['one', '', 'two', '', 'three']);
  expect(streaming.soFar(`${text}ree\n\nfour\n`, 10)).toEqual(['one', '', 'two', '', 'three', '', 'four']);
});

test('another text or another width begins anew', () => {
  const streaming = createStreamingMarkdown(dark);
  streaming.rows('one\n\ntwo three', 20);
  expect(streaming.rows('one\n\ntwo three', 5)).toEqual(['one', '', 'two', 'three']);
  expect(streaming.rows('other', 5)).toEqual(['other']);
  expect(streaming.rows('', 5)).toEqual([]);
});

/** Blocks are laid out through the theme, so its calls count the work. */
function counting(): { theme: Theme; styled: () => number } {
  let calls = 0;
  const sgr = (_token: string, text: string): string => {
    calls += 1;
    return text;
  };
  return { theme: { name: 'counting', sgr }, styled: () => calls };
}

const answer = Array.from({ length: 500 }, (_, at) =>
  at % 10 === 9
    ? '```ts\nconst a = `b`;\n```\n'
    : `- **item** ${at} with \`code\` and so on\n${at % 10 === 8 ? '\n' : ''}`,
).join('');

test('20,000 tokens that stream lay each block out a few times, not once a token', () => {
  const text = answer.repeat(4);
  const once = counting();
  markdownRows(text, 80, once.theme);
  const { theme, styled } = counting();
  const streaming = createStreamingMarkdown(theme);
  for (let end = 0; end < text.length; end += 4) streaming.rows(text.slice(0, end), 80);
  // A block of some 40 characters comes in ten pieces, and is unfinished for two blocks at most.
  expect(styled()).toBeLessThan(once.styled() * 25);
});

test('a text that has streamed is not laid out again at its end', () => {
  const { theme, styled } = counting();
  const streaming = createStreamingMarkdown(theme);
  expect(streaming.whole('not yet', 80)).toBe(undefined);
  for (let end = 0; end < answer.length; end += 400) streaming.rows(answer.slice(0, end), 80);
  streaming.rows('', 80);
  const before = styled();
  expect(streaming.whole(answer, 80)).toEqual(markdownRows(answer, 80, counting().theme));
  expect(styled() - before).toBeLessThan(before / 20);
  expect(streaming.whole(answer, 79)).toBe(undefined);
  expect(streaming.whole(`Another: ${answer}`, 80)).toBe(undefined);
});

test('one paragraph, one line of code and one fence without an end stay linear too', () => {
  for (const text of [
    '**word** '.repeat(10_000),
    `\`\`\`ts\n${'x'.repeat(90_000)}`,
    `\`\`\`ts\n${'const a = 1;\n'.repeat(7_000)}`,
  ]) {
    const frames = (length: number): number => {
      const { theme, styled } = counting();
      const streaming = createStreamingMarkdown(theme);
      let rowsDrawn = 0;
      for (let end = 0; end < length; end += 2_000) rowsDrawn = streaming.rows(text.slice(0, end), 80).length;
      return styled() + rowsDrawn;
    };
    expect(frames(90_000)).toBeLessThan(frames(45_000) * 3 + 100);
  }
});
