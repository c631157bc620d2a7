// Files whose coming, going or changing is a decision by itself: schemas, migrations, build, CI and containers.
import { type FileDiff, isForeign } from './manifests.ts';

interface Kind {
  readonly kind: string;
  readonly path: RegExp;
  /** Whether another content is a decision, too. */
  readonly changes: boolean;
}

const kinds: readonly Kind[] = [
  {
    kind: 'migration',
    path: /(^|\/)(migrations?|migrate)\/([^/]+\/)?([VU]?\d[^/]*|[^/]+\.sql)$|(^|\/)alembic\/versions\/[^/]+\.py$/,
    changes: false,
  },
  {
    kind: 'schema',
    path: /(^|\/)(schema\.(prisma|sql|rb|graphqls?|gql)|structure\.sql)$|\.(proto|graphqls|avsc)$/,
    changes: true,
  },
  {
    kind: 'CI',
    path: /^(\.ci\/[^/]+|\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.ya?ml|\.circleci\/config\.ya?ml|\.travis\.ya?ml|\.buildkite\/[^/]+\.ya?ml|\.?azure-pipelines\.ya?ml|bitbucket-pipelines\.ya?ml|\.woodpecker\.ya?ml|\.drone\.ya?ml|appveyor\.ya?ml|Jenkinsfile)$/,
    changes: true,
  },
  {
    kind: 'container',
    path: /(^|\/)((Dockerfile|Containerfile)(\.[\w-]+)?|[\w-]+\.[dD]ockerfile|(docker-)?compose(\.[\w-]+)?\.ya?ml|devcontainer\.json|Chart\.ya?ml)$/,
    changes: true,
  },
  {
    kind: 'build',
    path: /(^|\/)(GNUmakefile|[mM]akefile|CMakeLists\.txt|[jJ]ustfile|Taskfile\.ya?ml|meson\.build|(BUILD|MODULE|WORKSPACE)(\.bazel)?|flake\.nix|turbo\.json|nx\.json|lerna\.json|pnpm-workspace\.yaml|go\.work|settings\.gradle(\.kts)?|build\.rs|Rakefile|tsconfig\.json|(vite|webpack|rollup|rspack|tsup|esbuild|next|nuxt|svelte|astro)\.config\.[cm]?[jt]s)$/,
    changes: false,
  },
];

export interface TellingFile {
  readonly path: string;
  readonly kind: string;
  readonly change: 'added' | 'removed' | 'changed';
}

export function isTelling(path: string): boolean {
  return kindOf(path) !== undefined;
}

function kindOf(path: string): Kind | undefined {
  return isForeign(path) ? undefined : kinds.find((each) => each.path.test(path));
}

/** What was only moved or laid out anew is none of them. */
export function tellingFiles(files: readonly FileDiff[]): TellingFile[] {
  const gone = new Set(files.flatMap(({ path, after }) => (after === null ? [baseName(path)] : [])));
  const come = new Set(files.flatMap(({ path, before }) => (before === null ? [baseName(path)] : [])));
  return files.flatMap(({ path, before, after }): TellingFile[] => {
    const { kind, changes } = kindOf(path) ?? {};
    const name = baseName(path);
    if (kind === undefined || (gone.has(name) && come.has(name))) return [];
    const change = before === null ? 'added' : after === null ? 'removed' : 'changed';
    if (change === 'changed' && (!changes || sameLines(before ?? '', after ?? ''))) return [];
    return [{ path, kind, change }];
  });
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whatever their order, their indentation and what comments beside them say. */
function sameLines(before: string, after: string): boolean {
  return meaning(before) === meaning(after);
}

function meaning(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/(^|\s)(#|\/\/|--)(\s.*)?$/, '').replace(/["'\s,;]+/g, ''))
    .filter((line) => line !== '')
    .sort()
    .join('\n');
}
