import type { Language } from '@sightline/look';

/**
 * What a person reads before a face is enrolled (告知同意书), a paragraph a line. Its version is
 * `consentVersion` of `src/domain/consent.ts`: change both together. The Tibetan is UNVERIFIED, so
 * Chinese stands beside it. Not legal advice: an operator lets it be checked before use.
 */
export const consentText: Readonly<Record<Language, readonly string[]>> = {
  zh: [
    '用途：只用来在本终端认出您本人，办理值班签到。不作别的用途，不辨认任何其他人。',
    '记录什么：从几帧画面算出的一组数字（特征）。不保存照片和录像。',
    '存在哪里：加密存放在本终端，不上传，不出本机。上级只知道“已录入”和签到结果。',
    '保存多久：在本村名单上期间。离开名单后自动删除。您可以随时要求删除。',
    '可以不同意：用密码签到，效力完全一样，不影响您的任何权利。',
    '需要第二个人在控制台为您本人授权，才能录入。',
  ],
  bo: [
    'དམིགས་ཡུལ། འཕྲུལ་ཆས་འདིའི་ནང་ཁྱེད་རང་ངོས་འཛིན་ནས་ལས་གཉེར་མིང་བཀོད་པ་ཁོ་ནར་སྤྱོད། གཞན་སུ་ཡང་ངོས་འཛིན་མི་བྱེད།',
    'གང་ཐོ་འགོད་བྱེད། བརྙན་འགའ་ལས་བརྩིས་པའི་ཨང་གྲངས་ཁོ་ན། པར་དང་བརྙན་འཕྲིན་ཉར་མི་འཇོག',
    'གང་དུ་ཉར། འཕྲུལ་ཆས་འདིའི་ནང་གསང་སྡོམ་བྱས་ནས་ཉར། ཕྱིར་གཏོང་མི་བྱེད།',
    'དུས་ཡུན། གྲོང་ཚོའི་མིང་ཐོར་ཡོད་པའི་རིང་། མིང་ཐོ་ནས་ཕྱིར་བཏོན་རྗེས་རང་འགུལ་གྱིས་སུབ། དུས་ནམ་ཡང་སུབ་རོགས་ཞུ་ཆོག',
    'མོས་མཐུན་མི་བྱེད་ཀྱང་ཆོག གསང་གྲངས་ཀྱིས་མིང་བཀོད་ན་ནུས་པ་གཅིག་མཚུངས།',
    'མི་གཉིས་པས་ཆོག་མཆན་སྤྲད་ན་མ་གཏོགས་ཐོ་འགོད་མི་ཐུབ།',
  ],
  en: [
    'Purpose: only to recognise you at this terminal, to check in for duty. For nothing else; nobody else is ever recognised.',
    'What is recorded: a row of numbers (a template) computed from a few frames. No photo and no video is kept.',
    'Where: encrypted on this terminal. It is not uploaded and never leaves it. Others learn only "enrolled" and the check-in itself.',
    "How long: while you are on this village's list. It is erased when you leave the list, and at any time on your request.",
    'You may say no: checking in by PIN counts exactly the same and costs you no right.',
    'A second person has to vouch for you on the console before anything is enrolled.',
  ],
};
