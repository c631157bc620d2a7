// Text that git, a hook or a server wrote, made fit for a screen and a message.
import { stripVTControlCharacters } from 'node:util';

/** Without control sequences, without overwritten progress, without the password of a URL. Lines and tabs stay. */
export function cleanOutput(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\r\n/g, '\n')
    .replace(/^.*\r(?=[^\n])/gm, '')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/(\w:\/\/)[^@/\s]+@/g, '$1');
}
