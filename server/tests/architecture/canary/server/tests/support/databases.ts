export const openTestDatabase = () => 1;
