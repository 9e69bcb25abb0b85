import { describe, expect, it } from 'vitest';
import { escapeText, markup, trusted } from './markup.ts';

describe('markup', () => {
  it('escapes what is interpolated, in content and in attributes', () => {
    const hostile = `<script>alert("1")</script>&'`;
    expect(markup`<p title="${hostile}">${hostile}</p>`.source).toBe(
      '<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;</p>',
    );
  });

  it('takes markup as it is, joins lists, leaves null out', () => {
    const items = ['a', '<b>'].map((text) => markup`<li>${text}</li>`);
    expect(markup`<ul>${items}${null}${3}${trusted('<hr />')}</ul>`.source).toBe(
      '<ul><li>a</li><li>&lt;b&gt;</li>3<hr /></ul>',
    );
  });

  it('replaces characters that neither HTML nor XML can carry', () => {
    expect(escapeText('a\u0000b\u001bc\ud800d\uffff')).toBe('a\ufffdb\ufffdc\ufffdd\ufffd');
    expect(escapeText('tab\tline\n😀')).toBe('tab\tline\n😀');
  });
});
