// What Maven and Gradle print, read.
import { expect, test } from 'vitest';
import { readOutput } from '../../source/runners/read-output.ts';
import { fixture } from './fixture.ts';

const raises = { name: 'org.sample.SlugTest > raises', file: 'org/sample/SlugTest.java', line: 18 };
const strips = { name: 'org.sample.SlugTest > stripsEmoji', file: 'org/sample/SlugTest.java', line: 14 };
const counts = { passed: 2, failed: 2, skipped: 1 };

test('Maven: names failures by class and method', async () => {
  expect(await readOutput('mvn test', fixture('maven'))).toEqual({
    counts,
    failures: [
      { ...raises, detail: 'java.lang.IllegalArgumentException: \none\ntwo' },
      { ...strips, detail: 'org.junit.ComparisonFailure: expected:<a-[]b> but was:<a-[🎉-]b>' },
    ],
  });
});

test('Maven: reads the newer words of Surefire, with parameters and a class that could not begin', async () => {
  expect(await readOutput('./mvnw test', fixture('surefire-junit5'))).toEqual({
    counts: { passed: 1, failed: 3, skipped: 0 },
    failures: [
      { ...strips, detail: 'org.opentest4j.AssertionFailedError: expected: <a-b> but was: <a-🎉-b>' },
      {
        name: 'org.sample.SlugTest > separators(String)[2]',
        file: 'org/sample/SlugTest.java',
        line: 22,
        detail: 'java.lang.IllegalArgumentException: one\ntwo',
      },
      {
        name: 'org.sample.StoreTest',
        file: 'org/sample/StoreTest.java',
        line: 9,
        detail: 'java.lang.IllegalStateException: no database',
      },
    ],
  });
});

test('Maven: names the module and goal that failed, and says that there are no tests', async () => {
  expect(await readOutput('mvn test', fixture('maven-broken'))).toEqual({
    failures: [
      {
        name: 'sample > compile',
        file: '/home/ana/sample/src/main/java/org/sample/Slug.java',
        line: 4,
        detail: 'Compilation failure\nincompatible types: java.lang.String cannot be converted to int',
      },
    ],
  });
  expect(await readOutput('mvn test', fixture('maven-none'))).toEqual({ failures: [], none: true });
});

test('Gradle: is read the same from the rich and the plain console', async () => {
  const report = {
    counts,
    failures: [
      { ...raises, detail: 'java.lang.IllegalArgumentException at SlugTest.java:18' },
      { ...strips, detail: 'org.junit.ComparisonFailure at SlugTest.java:14' },
    ],
  };
  expect(await readOutput('./gradlew test', fixture('gradle'))).toEqual(report);
  expect(await readOutput('gradle test --console=plain', fixture('gradle-plain'))).toEqual(report);
});

test('Gradle: reads more where the project logs more', async () => {
  expect(await readOutput('gradle test', fixture('gradle-full'))).toEqual({
    counts,
    failures: [
      { ...raises, detail: 'java.lang.IllegalArgumentException: one\ntwo' },
      { ...strips, detail: 'org.junit.ComparisonFailure: expected:<a-[]b> but was:<a-[🎉-]b>' },
    ],
  });
});

test('Gradle: one module without tests does not hide the failures of another', async () => {
  expect(await readOutput('gradle test', fixture('gradle-junit5'))).toEqual({
    counts: { passed: 4, failed: 2, skipped: 1 },
    failures: [
      {
        name: 'SlugTest > stripsEmoji()',
        file: 'SlugTest.java',
        line: 14,
        detail: 'org.opentest4j.AssertionFailedError at SlugTest.java:14',
      },
      {
        name: 'SlugTest > separators(String) > [2] c::d',
        detail: 'java.lang.IllegalArgumentException at Slug.java:9',
      },
    ],
  });
});

test('Gradle: names the task that failed, and says that there are no tests', async () => {
  expect(await readOutput('gradle test', fixture('gradle-broken'))).toEqual({
    failures: [
      {
        name: ':compileJava',
        file: '/home/ana/sample/src/main/java/org/sample/Slug.java',
        line: 4,
        detail:
          'Compilation failed; see the compiler error output for details.\nincompatible types: String cannot be converted to int',
      },
    ],
  });
  expect(await readOutput('gradle test', fixture('gradle-none'))).toEqual({ failures: [], none: true });
});
