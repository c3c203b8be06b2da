import type { Translated } from '@sightline/look';
import type { keys as chinese } from './keys-zh.ts';

/** UNVERIFIED, like all Tibetan here. */
export const keys: Translated<typeof chinese> = {
  help: {
    title: 'མཐེབ་གཞོང་དང་རོགས་རམ།',
    search: 'ས་ཁུལ་འཚོལ་བ།',
    down: 'ཕྲེང་རྗེས་མ།',
    up: 'ཕྲེང་སྔོན་མ།',
    open: 'བདམས་པ་འབྱེད་པ།',
    act: 'བདམས་པ་སྒྲུབ་པ།',
    export: 'ཐོ་ཕྱིར་འདོན།',
    help: 'རོགས་རམ་འདི་འབྱེད་པ།',
    close: 'སྒེའུ་ཁུང་རྒྱག་པ།',
    audit: 'མིང་ཀློག་ཐེངས་རེ་རེ་རྩིས་ཞིབ་ཏུ་འགོད།',
  },
  export: {
    button: 'ཕྱིར་འདོན།',
    xlsx: 'Excel (.xlsx)',
    csv: 'ཡི་གེ་ཁོ་ན། (.csv)',
    most: 'ཐོ་ཆ་ཚང་། མང་མཐའ་ཕྲེང་ {{rows}}',
    audited: 'ཐོ་ཆ་ཚང་། མང་མཐའ་ཕྲེང་ {{rows}} མིང་ཡོད་པས་རྩིས་ཞིབ་ཏུ་འགོད།',
  },
  row: { expand: 'ཕྲེང་འདི་འབྱེད་པ།', collapse: 'ཕྲེང་འདི་བསྡུ་བ།' },
  notYours: {
    what: 'ཁྱེད་ཀྱི་འགན་ནུས། {{roles}}',
    go: '“{{page}}” ལ་འགྲོ།',
  },
};
