export const createPlex = () => 1;
