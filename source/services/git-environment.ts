// What git gets from the person's environment, and which git it is.
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, sep } from 'node:path';
import { AppError } from '../engine/errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where git looks for the person: home, identity, agents, proxies, certificates. Everything else stays out. */
const KEPT = [
  'HOME USER LOGNAME EMAIL TMPDIR XDG_CONFIG_HOME XDG_RUNTIME_DIR DBUS_SESSION_BUS_ADDRESS',
  'SSH_AUTH_SOCK SSH_AGENT_PID GNUPGHOME SSL_CERT_FILE SSL_CERT_DIR',
  'http_proxy https_proxy HTTPS_PROXY all_proxy ALL_PROXY no_proxy NO_PROXY',
].flatMap((names) => names.split(' '));
const KEPT_OF_GIT = [
  'GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_AUTHOR_DATE',
  'GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL GIT_COMMITTER_DATE',
  'GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM GIT_CONFIG_NOSYSTEM GIT_CEILING_DIRECTORIES GIT_SSL_CAINFO',
  'GIT_ALLOW_PROTOCOL GIT_NO_LAZY_FETCH',
].flatMap((names) => names.split(' '));

/** The environment of every git that hullspeed starts: allow-listed, in English, without a way to ask. */
export function gitEnvironment(env: Environment): Record<string, string> {
  return {
    ...pick(env, [...KEPT, ...KEPT_OF_GIT]),
    PATH: absolutePath(env),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    // Set and empty: git then looks neither at core.askPass nor at SSH_ASKPASS.
    GIT_ASKPASS: '',
    GCM_INTERACTIVE: 'never',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_LITERAL_PATHSPECS: '1',
  };
}

/** A hook is the person's own program: it gets their environment, but of git's variables only what git would give it. */
export function hookEnvironment(env: Environment, index: string): Record<string, string> {
  const own = Object.keys(env).filter((name) => !name.startsWith('GIT_'));
  return {
    ...pick(env, [...own, ...KEPT_OF_GIT]),
    GIT_INDEX_FILE: index,
    GIT_EDITOR: ':',
    GIT_PREFIX: '',
    GIT_TERMINAL_PROMPT: '0',
  };
}

/** Absolute path of the first git in PATH that does not lie inside `root`: a repository cannot bring its own. */
export function findGit(env: Environment, root: string): string {
  for (const directory of absolutePath(env).split(delimiter)) {
    const candidate = join(directory, 'git');
    if (isProgram(candidate) && !`${realpathSync(candidate)}${sep}`.startsWith(`${root}${sep}`)) {
      return candidate;
    }
  }
  throw new AppError(
    'git',
    'Looked for git in PATH and found none. Install git 2.38 or newer and start hullspeed again.',
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** PATH without relative entries, which would be looked up inside the repository. */
function absolutePath(env: Environment): string {
  return (env.PATH ?? '/usr/local/bin:/usr/bin:/bin').split(delimiter).filter(isAbsolute).join(delimiter);
}

function pick(env: Environment, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}
