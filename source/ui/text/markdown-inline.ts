// The inside of a markdown paragraph: words with their weight, code, and links that show where they lead.
import type { Token as MarkdownToken, MarkedToken } from 'marked';
import type { Theme } from '../theme.ts';
import { decodeEntities } from './entities.ts';

/** Styled text; only hard breaks are newlines. */
export function inline(tokens: readonly MarkdownToken[], theme: Theme): string {
  return tokens.map((token) => piece(token as MarkedToken, theme)).join('');
}

function piece(token: MarkedToken, theme: Theme): string {
  switch (token.type) {
    case 'strong':
      return theme.sgr('strong', inline(token.tokens, theme));
    case 'em':
      return theme.sgr('emphasis', inline(token.tokens, theme));
    case 'del':
      return theme.sgr('strike', inline(token.tokens, theme));
    case 'codespan':
      return theme.sgr('code', token.text);
    case 'link':
      return link(inline(token.tokens, theme), token.text, token.href, theme);
    case 'image':
      return link(`[image: ${decodeEntities(token.text)}]`, token.text, token.href, theme);
    case 'br':
      return '\n';
    case 'checkbox':
      return '';
    case 'text':
      return token.tokens
        ? inline(token.tokens, theme)
        : decodeEntities(token.text).replace(/\s*\n\s*/g, ' ');
    default:
      return 'text' in token ? String(token.text) : token.raw;
  }
}

/** Anything but the web is shown as its label alone; a label may lie, so the host stands beside it. */
function link(label: string, text: string, href: string, theme: Theme): string {
  const host = webHost(href);
  if (host === undefined) return label;
  const shown = theme.sgr('link', label);
  return text === href && saysHost(href, host) ? shown : `${shown} ${theme.sgr('dim', `(${host})`)}`;
}

/** An address can hide where it leads too: behind a name before an @, in letters of another script. */
function saysHost(address: string, host: string): boolean {
  const [, named] = /^https?:\/\/([^/?#]+)/i.exec(address) ?? [];
  return named?.toLowerCase() === host;
}

/** The host of an http or https address, in ASCII; undefined for anything else. */
export function webHost(address: string): string | undefined {
  const url = URL.parse(address);
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.host : undefined;
}
