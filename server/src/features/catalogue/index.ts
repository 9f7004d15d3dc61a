export {
  type Catalogue,
  type CatalogueDeps,
  type CatalogueEpisode,
  type CatalogueTitle,
  createCatalogue,
  type FileMatch,
} from './catalogue.ts';
