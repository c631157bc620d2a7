// What a repository's config says that changes how its content is read and written.
import { constants } from 'node:fs';
import type { Git } from './git.ts';

export interface GitConfig {
  /** Whether the executable bit on disk means anything here. */
  readonly fileMode: boolean;
  readonly signs: boolean;
  /** Hex digits of an object id: 40, or 64 with SHA-256. */
  readonly hexDigits: number;
  readonly sshCommand?: string;
  /** As it is written there. */
  readonly hooksPath?: string;
  /** Settings that empty the filters which the repository itself brings; those of the person's own config stay. */
  readonly withoutFilters: readonly string[];
}

/** Reading config executes nothing. Later values win, as in git. */
export async function readConfig(git: Git): Promise<GitConfig> {
  const fields = await git.fields(['config', '--list', '-z', '--show-scope'], { trusted: true });
  const values = new Map<string, string>();
  const filters = new Set<string>();
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [key = '', value = 'true'] = splitOnce(fields[at + 1] ?? '', '\n');
    values.set(key, value);
    const filter = /^filter\.(.+)\.(clean|smudge|process)$/s.exec(key)?.[1];
    if (filter !== undefined && (fields[at] === 'local' || fields[at] === 'worktree')) filters.add(filter);
  }
  return {
    fileMode: isTrue(values.get('core.filemode') ?? 'true'),
    signs: isTrue(values.get('commit.gpgsign') ?? 'false'),
    hexDigits: values.get('extensions.objectformat') === 'sha256' ? 64 : 40,
    sshCommand: values.get('core.sshcommand'),
    hooksPath: values.get('core.hookspath'),
    withoutFilters: [...filters].flatMap((name) => [
      `filter.${name}.clean=`,
      `filter.${name}.smudge=`,
      `filter.${name}.process=`,
      `filter.${name}.required=false`,
    ]),
  };
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

function isTrue(value: string): boolean {
  return /^(true|yes|on|[1-9]\d*)$/i.test(value);
}

/** Git's mode for a file on disk (`mode` as in stat); null for what git does not keep: folders, sockets, devices. */
export function entryMode(mode: number, before: string | undefined, fileMode: boolean): string | null {
  const kind = mode & constants.S_IFMT;
  if (kind === constants.S_IFLNK) return '120000';
  if (kind !== constants.S_IFREG) return null;
  if (!fileMode) return before === '100755' ? '100755' : '100644';
  return mode & constants.S_IXUSR ? '100755' : '100644';
}
