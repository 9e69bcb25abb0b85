import { describe, expect, it } from 'vitest';
import { parseCsvLine, parseTags, readHeader } from './csv-line.ts';

const HEADER = 'metric_name,timestamp,metric_value,error_code,expected_response,scenario,status,extra_tags,metadata';

describe('parseCsvLine', () => {
  it.each([
    ['a,b,c', ['a', 'b', 'c']],
    ['a,,c,', ['a', '', 'c', '']],
    ['a,"b,c",d', ['a', 'b,c', 'd']],
    ['"say ""yes""",2', ['say "yes"', '2']],
    ['"",x', ['', 'x']],
    ['a,"b"', ['a', 'b']],
  ])('%s', (line, fields) => {
    expect(parseCsvLine(line)).toEqual(fields);
  });
});

describe('parseTags', () => {
  it('reads pairs in any order, and nothing of nothing', () => {
    expect(parseTags('endpoint=trades.list&arm=rls&tier=pro')).toEqual({
      arm: 'rls',
      endpoint: 'trades.list',
      tier: 'pro',
    });
    expect(parseTags('')).toEqual({});
  });

  it('keeps an empty value and what stands behind the first equals sign', () => {
    expect(parseTags('detail=&probe=a=b')).toEqual({ detail: '', probe: 'a=b' });
  });
});

describe('readHeader', () => {
  it('says where the columns stand', () => {
    const columns = readHeader(HEADER);
    expect(columns.get('metric_value')).toBe(2);
    expect(columns.get('metadata')).toBe(8);
  });

  it('names the columns that a script has turned off', () => {
    expect(() => readHeader(HEADER.replace('scenario,', ''))).toThrow('no column scenario');
  });
});
