/** Where a process's control groups lie in the file system, whatever the version and however much of the tree can be seen. */

/** One line of /proc/PID/cgroup: version 2 has no controllers in it. */
export interface Membership {
  controllers: string[];
  path: string;
}

/** One mounted tree of control groups. */
export interface CgroupMount {
  version: 1 | 2;
  controllers: string[];
  /** The group that is mounted: "/" is the top of what may be seen. */
  root: string;
  mountPoint: string;
}

/** A group as a folder, and the folder above which there is nothing more to see. */
export interface CgroupPlace {
  version: 1 | 2;
  folder: string;
  top: string;
}

/** cgroups(7), "/proc/PID/cgroup": hierarchy-ID:controller-list:cgroup-path. */
export function parseMemberships(text: string): Membership[] {
  return text.split('\n').flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    return controllers === undefined || path === undefined
      ? []
      : [{ controllers: controllers === '' ? [] : controllers.split(','), path }];
  });
}

/** proc_pid_mountinfo(5): id, parent, device, root, mount point, options, optional fields, "-", type, source, options. */
export function parseCgroupMounts(text: string): CgroupMount[] {
  return text.split('\n').flatMap((line): CgroupMount[] => {
    const fields = line.split(' ');
    const [type = '', , options = ''] = fields.slice(fields.indexOf('-') + 1);
    if (type !== 'cgroup' && type !== 'cgroup2') return [];
    const place = { root: unescapePath(fields[3] ?? ''), mountPoint: unescapePath(fields[4] ?? '') };
    return type === 'cgroup2'
      ? [{ version: 2, controllers: [], ...place }]
      : [{ version: 1, controllers: options.split(','), ...place }];
  });
}

/** Spaces and the like stand as three octal digits. */
function unescapePath(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

/**
 * The group that accounts for a controller: version 1 where a tree has it, else version 2. null where the process is in
 * no such group, so that nothing can limit it; throws where it is in one that is not mounted here.
 */
export function placeOf(
  controller: string,
  memberships: readonly Membership[],
  mounts: readonly CgroupMount[],
): CgroupPlace | null {
  const own = memberships.find(({ controllers }) => controllers.includes(controller));
  const membership = own ?? memberships.find(({ controllers }) => controllers.length === 0);
  if (membership === undefined) return null;
  const version = own === undefined ? 2 : 1;
  const candidates = mounts.filter(
    (mount) => mount.version === version && (version === 2 || mount.controllers.includes(controller)),
  );
  for (const { root, mountPoint } of candidates) {
    const below = pathBelow(root, membership.path);
    if (below !== null) return { version, folder: `${mountPoint}${below}`, top: mountPoint };
  }
  throw new Error(`the control group ${membership.path} (${controller}) is not mounted where it could be read`);
}

/** A group outside of what a namespace shows begins with "/..": there is no way to it. */
function pathBelow(root: string, path: string): string | null {
  if (path.startsWith('/..') || root.startsWith('/..')) return null;
  if (root === '/') return path === '/' ? '' : path;
  return path === root || path.startsWith(`${root}/`) ? path.slice(root.length) : null;
}

/** The group's folder and those above it, innermost first: a limit at any level stops the group. */
export function levelsOf({ folder, top }: CgroupPlace): string[] {
  const levels = [folder];
  let level = folder;
  while (level !== top) {
    level = level.slice(0, level.lastIndexOf('/'));
    levels.push(level);
  }
  return levels;
}
