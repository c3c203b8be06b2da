import type { Language } from '#i18n/language.ts';
import { chineseNameOf } from './hive-words.ts';

/**
 * The counties' names as drawn on the map, in Tibetan and in the usual Latin spelling. Unverified:
 * no reader has checked them against the official list. Townships and villages have Chinese names
 * only, because the division codes come with no others.
 */
const names: Readonly<Record<string, { readonly bo: string; readonly en: string }>> = {
  '540202': { bo: 'བསམ་གྲུབ་རྩེ', en: 'Samzhubzê' },
  '540221': { bo: 'རྣམ་གླིང', en: 'Namling' },
  '540222': { bo: 'རྒྱལ་རྩེ', en: 'Gyantse' },
  '540223': { bo: 'དིང་རི', en: 'Tingri' },
  '540224': { bo: 'ས་སྐྱ', en: 'Sakya' },
  '540225': { bo: 'ལྷ་རྩེ', en: 'Lhatse' },
  '540226': { bo: 'ངམ་རིང', en: 'Ngamring' },
  '540227': { bo: 'བཞད་མཐོང་སྨོན', en: 'Xaitongmoin' },
  '540228': { bo: 'པ་སྣམ', en: 'Panam' },
  '540229': { bo: 'རིན་སྤུངས', en: 'Rinbung' },
  '540230': { bo: 'ཁང་དམར', en: 'Kangmar' },
  '540231': { bo: 'གདིང་སྐྱེས', en: 'Dinggyê' },
  '540232': { bo: 'འབྲོང་པ', en: 'Zhongba' },
  '540233': { bo: 'གྲོ་མོ', en: 'Yadong' },
  '540234': { bo: 'སྐྱིད་གྲོང', en: 'Gyirong' },
  '540235': { bo: 'གཉའ་ལམ', en: 'Nyalam' },
  '540236': { bo: 'ས་དགའ', en: 'Saga' },
  '540237': { bo: 'གམ་པ', en: 'Gamba' },
};

/** What to call a region on the map in a language; Chinese where there is no other name. */
export function mapNameOf(code: string, language: Language): string {
  if (language === 'zh') return chineseNameOf(code);
  return names[code]?.[language] ?? chineseNameOf(code);
}
