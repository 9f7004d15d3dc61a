/** The pages of this surface count from 1, those of the rooms behind it are offsets. */
export type PageWish = Readonly<{ page: number; per_page: number }>;

export const offsetOf = ({ page, per_page }: PageWish): Readonly<{ offset: number; limit: number }> => ({
  offset: (page - 1) * per_page,
  limit: per_page,
});

export const paged = <T>(items: readonly T[], total: number, { page, per_page }: PageWish) => ({
  items: [...items],
  total,
  page,
  per_page,
});
