import type { Language } from '@sightline/look';

/**
 * What a person reads before a face is enrolled (告知同意书), a paragraph a line. Its version is
 * `consentVersion` of `src/domain/consent.ts`: change both together. The Tibetan is UNVERIFIED, so
 * Chinese stands beside it. Not legal advice: an operator lets it be checked before use.
 */
export const consentText: Readonly<Record<Language, readonly string[]>> = {
  zh: [
    '用途：只用来在本终端认出您本人，办理值班签到，防止冒用和代签。不作别的用途，不辨认任何其他人。',
    '记录什么：从几帧画面算出的一组数字（特征）。不保存照片和录像。不推断年龄、性别、民族、情绪、健康等任何特点。',
    '真人检测：签到时会请您眨眼或转头，只为确认是本人在场，不是照片或录像。',
    '存在哪里：加密存放在本终端，不上传，不出本机。上级只收到“已录入”、签到结果和几个分数，没有特征，没有画面。',
    '保存多久：在本村名单上并且没有撤回期间。在本机撤回，立即删除；离开名单或在控制台撤回，本终端一收到就删除。',
    '可以不同意：用密码签到，效力完全一样，不影响您的任何权利。同意以后也可以一直用密码。',
    '可以随时撤回：在本终端“人员录入”里凭自己的密码撤回，或请乡镇在控制台撤回。特征从本机删除，并出具本终端签名的删除回执。',
    '风险：人脸不能像密码那样更换，所以特征只留在本机。认错或认不出时，请用密码，并告诉乡镇更正。',
    '谁来担保：需要第二个人在控制台为您本人生成授权码，才能录入。谁担保、您同意的文本版本，都有记录。',
    '由谁负责：使用本终端的单位。查阅、更正、投诉，请找本乡镇。',
  ],
  bo: [
    'དམིགས་ཡུལ། འཕྲུལ་ཆས་འདིའི་ནང་ཁྱེད་རང་ངོས་འཛིན་ནས་ལས་གཉེར་མིང་བཀོད་པ་ཁོ་ནར་སྤྱོད། ཚབ་བྱེད་པ་འགོག གཞན་སུ་ཡང་ངོས་འཛིན་མི་བྱེད།',
    'གང་ཐོ་འགོད་བྱེད། བརྙན་འགའ་ལས་བརྩིས་པའི་ཨང་གྲངས་ཁོ་ན། པར་དང་བརྙན་འཕྲིན་ཉར་མི་འཇོག ལོ་ཚོད་དང་ཕོ་མོ། མི་རིགས། སེམས་ཁམས། འཕྲོད་བསྟེན་སོགས་ཚོད་དཔག་མི་བྱེད།',
    'མི་དངོས་བརྟག་དཔྱད། མིང་བཀོད་སྐབས་མིག་འཛུམས་པའམ་མགོ་སྐོར་རོགས་ཞུ། མི་དངོས་ཡིན་པ་ངོས་འཛིན་པ་ཁོ་ནའི་ཆེད་ཡིན།',
    'གང་དུ་ཉར། འཕྲུལ་ཆས་འདིའི་ནང་གསང་སྡོམ་བྱས་ནས་ཉར། ཕྱིར་གཏོང་མི་བྱེད། གོང་རིམ་ལ་ཐོ་འགོད་ཟིན་པ་དང་། མིང་བཀོད་པའི་འབྲས་བུ། ཨང་གྲངས་འགའ་ལས་མི་འགྲོ།',
    'དུས་ཡུན། གྲོང་ཚོའི་མིང་ཐོར་ཡོད་ཅིང་ཕྱིར་མ་འཐེན་པའི་རིང་། འདི་ནས་ཕྱིར་འཐེན་ན་ལམ་སེང་སུབ། མིང་ཐོ་ནས་ཕྱིར་བཏོན་པའམ་བཀོད་འདོམས་ལྟེ་གནས་ནས་ཕྱིར་འཐེན་ན་འཕྲུལ་ཆས་འདིར་འབྱོར་མ་ཐག་སུབ།',
    'མོས་མཐུན་མི་བྱེད་ཀྱང་ཆོག གསང་གྲངས་ཀྱིས་མིང་བཀོད་ན་ནུས་པ་གཅིག་མཚུངས། མོས་མཐུན་བྱས་རྗེས་ཀྱང་གསང་གྲངས་བེད་སྤྱོད་ཆོག',
    'དུས་ནམ་ཡང་ཕྱིར་འཐེན་ཆོག འཕྲུལ་ཆས་འདིའི་ “མི་སྣ།” ནང་རང་གི་གསང་གྲངས་ཀྱིས་ཕྱིར་འཐེན་པའམ། ཤང་ལ་ཞུ་ཆོག འཕྲུལ་ཆས་འདི་ནས་སུབ་ནས་བསུབས་པའི་བྱུང་འཛིན་སྤྲོད།',
    'ཉེན་ཁ། ངོ་གདོང་གསང་གྲངས་ལྟར་བརྗེ་མི་ཐུབ། དེར་བརྟེན་འཕྲུལ་ཆས་འདིའི་ནང་ཁོ་ནར་ཉར། ངོས་འཛིན་ནོར་ན་གསང་གྲངས་བེད་སྤྱོད་ནས་ཤང་ལ་ཞུ་རོགས།',
    'སུས་ཁག་ཐེག མི་གཉིས་པས་ཆོག་མཆན་ཨང་སྤྲད་ན་མ་གཏོགས་ཐོ་འགོད་མི་ཐུབ། སུས་ཁག་ཐེག་པ་དང་མོས་མཐུན་ཡིག་ཆའི་པར་གཞི་ཐོ་འགོད་བྱེད།',
    'འགན་འཁུར་བ། འཕྲུལ་ཆས་འདི་སྤྱོད་པའི་ལས་ཁུངས། ཞིབ་བཤེར་དང་ཡོ་བསྲང་། ཞུ་གཏུག་བྱེད་ན་ཤང་ལ་འབྲེལ་བ་གནང་རོགས།',
  ],
  en: [
    'Purpose: only to recognise you at this terminal, to check in for duty and so that nobody checks in for you. For nothing else; nobody else is ever recognised.',
    'What is recorded: a row of numbers (a template) computed from a few frames. No photo and no video is kept. No age, sex, ethnicity, emotion, health or other trait is inferred.',
    'Living person: at a check-in you are asked to blink or to turn your head, only to be sure that it is you and not a picture.',
    'Where: encrypted on this terminal. It is not uploaded and never leaves it. Others learn only "enrolled", the check-in itself and a few scores: no template and no picture.',
    "How long: while you are on this village's list and have not withdrawn. Withdraw here and it is erased at once; leave the list or withdraw at the console and it is erased as soon as this terminal hears of it.",
    'You may say no: checking in by PIN counts exactly the same and costs you no right. You may also keep using the PIN after you agreed.',
    'You may withdraw at any time: here under "People" with your own PIN, or through the township at the console. The template is erased from this terminal, with a receipt signed by this terminal.',
    'Risk: a face cannot be changed as a PIN can, so the template stays on this terminal. If you are mistaken for somebody or not recognised, use the PIN and tell the township.',
    'Who vouches: a second person has to make a code for you on the console before anything is enrolled. Who vouched, and which text you agreed to, is recorded.',
    'Who is responsible: the organisation that uses this terminal. To read, correct or complain, ask your township.',
  ],
};
