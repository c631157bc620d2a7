// The whole loop without a key or a network: a real project, and a scripted model on the same wire as a real one.
import { answerDemo } from './answer-demo.ts';
import { startModelServer } from './model-server.ts';
import { createSampleProject } from './sample-project.ts';
import { tasks } from './tasks.ts';

/** The prompts that the scripted model knows, in the order in which they tell a story. */
export const demoPrompts: readonly string[] = tasks.map((task) => task.prompt);

/** The name that the scripted model goes by, so that nobody takes it for one. */
export const DEMO_MODEL = 'scripted';

export interface Demo {
  /** The project's folder: a git repository with one commit. It stays when the demo is closed. */
  readonly directory: string;
  /** For the client, as `--base-url`. */
  readonly baseUrl: string;
  close(): Promise<void>;
}

export interface DemoOptions {
  /** Tokens a second: 150 is easy to watch; as fast as possible where absent. */
  readonly pace?: number;
  /** For git, which sees no `GIT_*` of it; this process's own where absent. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** Sets the project up and starts the model. Rejects where git is missing or the temporary directory cannot be written. */
export async function startDemo({ pace, environment }: DemoOptions = {}): Promise<Demo> {
  const directory = await createSampleProject(environment);
  const server = await startModelServer(answerDemo, pace === undefined ? {} : { pace });
  return { directory, baseUrl: server.baseUrl, close: server.close };
}
