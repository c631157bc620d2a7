// Runners of the Java world name a file without its folder: this puts the folder of its package before it.
import type { Place } from './place.ts';

/** A frame of a stack, `(SlugTest.java:18)`, or Gradle's short form of it, `at SlugTest.java:18`. */
const FRAME = /(?:\(| at )([\w$]+\.[a-z]+):(\d+)\)?$/;

/**
 * The first frame that lies in the file of a test's class, `org/sample/SlugTest.java`: the end of a path, because where
 * the sources begin is not said.
 */
export function findOwnPlace(className: string, lines: readonly string[]): Place | undefined {
  const folders = className.split('.');
  const outermost = (folders.pop() ?? '').split('$', 1)[0];
  for (const line of lines) {
    const [, file, number] = FRAME.exec(line) ?? [];
    if (file?.startsWith(`${outermost}.`))
      return { file: [...folders, file].join('/'), line: Number(number) };
  }
  return undefined;
}
