import { describe, expect, it } from 'vitest';
import { levelsOf, parseCgroupMounts, parseMemberships, placeOf } from './cgroup-place.ts';

const place = (controller: string, cgroup: string, mountinfo: string) =>
  placeOf(controller, parseMemberships(cgroup), parseCgroupMounts(mountinfo));

const version1 = [
  '33 31 0:30 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:9 - cgroup cgroup rw,cpu,cpuacct',
  '35 31 0:32 / /sys/fs/cgroup/memory rw shared:11 - cgroup cgroup rw,memory',
  '41 31 0:38 / /sys/fs/cgroup/unified rw shared:12 - cgroup2 cgroup2 rw,nsdelegate',
].join('\n');
const version2 =
  '22 1 8:1 / / rw - ext4 /dev/sda1 rw\n30 22 0:26 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw,nsdelegate';

describe('placeOf', () => {
  it('finds the tree of version 1 that has the controller, though version 2 is mounted too', () => {
    const cgroup = '4:memory:/ci/job-7\n2:cpu,cpuacct:/ci/job-7\n0::/ci/job-7\n';
    const found = place('cpu', cgroup, version1);
    expect(found).toEqual({
      version: 1,
      folder: '/sys/fs/cgroup/cpu,cpuacct/ci/job-7',
      top: '/sys/fs/cgroup/cpu,cpuacct',
    });
    expect(place('memory', cgroup, version1)?.folder).toBe('/sys/fs/cgroup/memory/ci/job-7');
  });

  it('finds the one tree of version 2, and every level of it', () => {
    const found = place('cpu', '0::/user.slice/user-1000.slice/session-2.scope\n', version2);
    expect(found === null ? [] : levelsOf(found)).toEqual([
      '/sys/fs/cgroup/user.slice/user-1000.slice/session-2.scope',
      '/sys/fs/cgroup/user.slice/user-1000.slice',
      '/sys/fs/cgroup/user.slice',
      '/sys/fs/cgroup',
    ]);
  });

  it('is the top of the mount inside a namespace, where the path is "/"', () => {
    const found = place('cpu', '0::/\n', version2);
    expect(found).toEqual({ version: 2, folder: '/sys/fs/cgroup', top: '/sys/fs/cgroup' });
    expect(found === null ? [] : levelsOf(found)).toEqual(['/sys/fs/cgroup']);
  });

  it('takes away what a container does not see of the tree, where it has no namespace for it', () => {
    const mounts =
      '50 49 0:30 /docker/0123 /sys/fs/cgroup/cpu ro - cgroup cgroup rw,cpu\n51 49 0:31 /docker/0123 /sys/fs/a\\040b ro - cgroup cgroup rw,memory';
    const cgroup = '5:memory:/docker/0123/inner\n1:cpu:/docker/0123\n';
    expect(place('cpu', cgroup, mounts)?.folder).toBe('/sys/fs/cgroup/cpu');
    expect(place('memory', cgroup, mounts)?.folder).toBe('/sys/fs/a b/inner');
  });

  it('refuses a group that cannot be seen', () => {
    expect(() => place('cpu', '0::/a\n', '')).toThrow('is not mounted');
    expect(() => place('cpu', '0::/../other\n', version2)).toThrow('is not mounted');
    expect(() => place('cpu', '1:cpu:/docker/9\n', '5 4 0:3 /docker/0123 /c ro - cgroup cgroup rw,cpu')).toThrow(
      'is not mounted',
    );
  });

  it('is null where a process is in no such group', () => {
    expect(place('cpu', '4:memory:/a\n', version1)).toBeNull();
  });
});
