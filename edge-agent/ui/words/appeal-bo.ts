import type { Translated } from '@sightline/look';
import type { ownDutiesRefusalsZh, ownDutiesZh } from './appeal-zh.ts';

export const ownDutiesBo: Translated<typeof ownDutiesZh> = {
  ownDuties: {
    open: 'ངའི་འགན་རེས།',
    enter: 'ཁྱེད་རང་གི་གསང་ཨང་འཇུག་རོགས།',
    title: 'ངའི་ཉེ་ཆར་གྱི་འགན་རེས།',
    none: 'ཉིན་འདི་དག་ལ་ཁྱེད་ཀྱི་རེས་མེད།',
    hint: 'མི་གཉིས་ཀྱིས་སོ་སོར་ཐག་གཅོད། ཐོ་འགོད་ངོ་མ་གནས།',
    notHere: 'འཕྲུལ་ཆས་འདིར་མིང་བཀོད་མེད།',
    here: '{{time}} ལ་འདིར་མིང་བཀོད།',
    appeal: 'ཞུ་གཏུག',
    said: 'ཞུ་གཏུག་བྱས། {{reason}}',
    why: 'ག་རེ་ནོར་འདུག',
    chooseFirst: 'རྒྱུ་མཚན་འདེམས།',
    send: 'ཞུ་གཏུག་འབུལ།',
    writeHint: 'ཡི་གེ་ ༢༠༠ མན། མི་གཞན་གྱི་མིང་མ་འབྲི་རོགས།',
    kept: 'ཞུ་གཏུག་ཉར་ཟིན།',
    twoPeople: 'མི་གཉིས་ཀྱིས་ཐག་གཅོད་བྱེད།',
    span: { day: 'ཉིན་གྱི་རེས།', night: 'མཚན་གྱི་རེས།', full: 'ཉིན་མཚན།' },
    post: { lead: 'འགོ་ཁྲིད།', watch: 'ལས་གཉེར།', standby: 'གྲ་སྒྲིག' },
  },
};

export const ownDutiesRefusalsBo: Translated<typeof ownDutiesRefusalsZh> = {
  'no-such-duty': 'འཕྲུལ་ཆས་འདིར་ཁྱེད་ཀྱི་རེས་འདི་མེད།',
};
