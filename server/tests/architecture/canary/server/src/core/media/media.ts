export const createMedia = () => 1;
