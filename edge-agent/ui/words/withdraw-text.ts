import type { Language } from '@sightline/look';

/** What happens when a person withdraws consent (撤回同意), a paragraph a line. The Tibetan is UNVERIFIED. */
export const withdrawText: Readonly<Record<Language, readonly string[]>> = {
  zh: [
    '您的人脸特征立即从本机删除。没有网络也一样。',
    '本终端签名出具删除回执，送到控制台，乡镇看得到。',
    '以后用密码签到，效力完全一样，不影响您的任何权利。',
    '以前的签到记录不变。想再用人脸，要重新同意、重新录入。',
  ],
  bo: [
    'ཁྱེད་ཀྱི་ངོ་གདོང་ཨང་གྲངས་འཕྲུལ་ཆས་འདི་ནས་ལམ་སེང་སུབ། དྲ་བ་མེད་ཀྱང་གཅིག་མཚུངས།',
    'འཕྲུལ་ཆས་འདིས་བསུབས་པའི་བྱུང་འཛིན་ལ་མིང་རྟགས་བཀོད་ནས་བཀོད་འདོམས་ལྟེ་གནས་ལ་སྐྱེལ།',
    'ད་ནས་གསང་གྲངས་ཀྱིས་མིང་བཀོད་ན་ནུས་པ་གཅིག་མཚུངས།',
    'སྔོན་གྱི་མིང་བཀོད་ཐོ་མི་འགྱུར། ཡང་བསྐྱར་ངོ་གདོང་སྤྱོད་ན་ཡང་བསྐྱར་མོས་མཐུན་དང་ཐོ་འགོད་དགོས།',
  ],
  en: [
    'The template of your face is erased from this terminal at once, also without a network.',
    'This terminal signs a receipt of the erasure and sends it to the console, where the township sees it.',
    'From then on you check in by PIN: it counts exactly the same and costs you no right.',
    'Earlier check-ins stay as they are. To use your face again, agree and enrol again.',
  ],
};

/** Without a PIN nobody here can know who asks: the two other ways. */
export const withdrawWithoutPinText: Readonly<Record<Language, readonly string[]>> = {
  zh: [
    '在这里撤回要用您自己的密码。您还没有设置密码。',
    '可以请乡镇在控制台为您撤回：本终端一收到，就删除人脸特征，并有删除回执。',
    '也可以先设置密码：请乡镇或指挥中心为您本人生成 8 位授权码，再点“设置密码”。',
  ],
  bo: [
    'འདི་ནས་ཕྱིར་འཐེན་ན་རང་གི་གསང་གྲངས་དགོས། ཁྱེད་ཀྱིས་གསང་གྲངས་བཞག་མེད།',
    'ཤང་གིས་བཀོད་འདོམས་ལྟེ་གནས་ནས་ཕྱིར་འཐེན་རོགས་ཞུ་ཆོག འཕྲུལ་ཆས་འདིར་འབྱོར་མ་ཐག་ངོ་གདོང་སུབ་ནས་བྱུང་འཛིན་སྤྲོད།',
    'ཡང་ན་སྔོན་ལ་གསང་གྲངས་བཞག་རོགས། ཤང་ངམ་བཀོད་འདོམས་ལྟེ་གནས་ལ་ཆོག་མཆན་ཨང་ ༨ ཞུས་རྗེས། “གསང་གྲངས་བཞག་པ།” མནན་རོགས།',
  ],
  en: [
    'Withdrawing here needs your own PIN. You have not set one yet.',
    'The township can withdraw for you at the console: the template is erased as soon as this terminal hears of it, with a receipt.',
    'Or set a PIN first: ask the township or the command centre for an 8-digit code for you, then touch "Set PIN".',
  ],
};
