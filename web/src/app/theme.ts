import { createTheme, defaultVariantColorsResolver, type VariantColorsResolver } from '@mantine/core';

const NO_BORDER = '1px solid transparent';

/** The library's variants in our tokens, which hold their contrast in both themes. `red` is for what takes something away. */
const variants: VariantColorsResolver = (input) => {
  const isDanger = input.color === 'red';
  const ink = isDanger ? 'var(--bad)' : input.color === 'gray' ? 'var(--text-2)' : 'var(--accent)';
  const soft = isDanger ? 'var(--bad-soft)' : input.color === 'gray' ? 'var(--sunken)' : 'var(--accent-soft)';
  switch (input.variant) {
    case 'filled':
      return {
        background: isDanger ? 'var(--bad)' : 'var(--accent)',
        hover: isDanger ? 'var(--bad)' : 'var(--accent-hover)',
        color: isDanger ? 'var(--surface)' : 'var(--on-accent)',
        border: NO_BORDER,
      };
    case 'outline':
      return { background: 'transparent', hover: soft, color: ink, border: `1px solid ${ink}` };
    case 'subtle':
    case 'transparent':
      return { background: 'transparent', hover: soft, color: ink, border: NO_BORDER };
    case 'light':
      return { background: soft, hover: soft, color: ink, border: NO_BORDER };
    default:
      return defaultVariantColorsResolver(input);
  }
};

export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '4px', sm: '8px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '10px', lg: '14px', xl: '14px' },
  defaultRadius: 'sm',
  primaryColor: 'grape',
  cursorType: 'pointer',
  respectReducedMotion: true,
  variantColorResolver: variants,
  components: {
    Button: { defaultProps: { variant: 'default' } },
    Input: { defaultProps: { size: 'md' } },
    // Their head is a `header`, which outside of a section would be the page's banner once more.
    Modal: { defaultProps: { attributes: { header: { role: 'presentation' } } } },
    Drawer: { defaultProps: { attributes: { header: { role: 'presentation' } } } },
  },
});
