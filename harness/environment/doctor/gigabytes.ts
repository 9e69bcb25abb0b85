/** Sizes of memory and disks for people, in binary gigabytes. */

export const GIGABYTE = 1024 ** 3;

export const formatGigabytes = (bytes: number): string => `${(bytes / GIGABYTE).toFixed(1)} GB`;
