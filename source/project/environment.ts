// The person's environment: where hullspeed keeps its files, and what commands may see of it.
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

export type Environment = Readonly<Record<string, string>>;

/** Absolute paths of hullspeed's own folders; they need not exist. */
export interface Places {
  readonly home: string;
  readonly config: string;
  readonly state: string;
  readonly cache: string;
}

/** A copy of this process's environment. */
export function readEnvironment(): Environment {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** By the XDG base directories, on macOS too; `HULLSPEED_STATE` stands for the state folder as a whole. */
export function findPlaces(environment: Environment): Places {
  const home = environment.HOME || homedir();
  // The XDG specification has relative paths ignored.
  const base = (name: string, otherwise: string): string => {
    const value = environment[name];
    return join(value !== undefined && isAbsolute(value) ? value : join(home, otherwise), 'hullspeed');
  };
  return {
    home,
    config: base('XDG_CONFIG_HOME', '.config'),
    state: environment.HULLSPEED_STATE || base('XDG_STATE_HOME', '.local/state'),
    cache: base('XDG_CACHE_HOME', '.cache'),
  };
}

/**
 * The environment without hullspeed's own key: commands are chosen by a model that reads hostile text, and one `env`
 * would carry the key into outputs, journals and other people's hands. A project that needs a key has its own way to it.
 */
export function commandEnvironment(environment: Environment): Environment {
  const { OPENAI_API_KEY: _, ...rest } = environment;
  return rest;
}
