<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Attract</name>
    <message>
        <source>Other languages</source>
        <translation>其他语言</translation>
    </message>
</context>
<context>
    <name>CameraCard</name>
    <message>
        <source>The page has been read</source>
        <translation>证件页已读取</translation>
    </message>
</context>
<context>
    <name>Checklist</name>
    <message>
        <source>Please have ready at the desk</source>
        <translation>请准备好以下材料，到窗口出示</translation>
    </message>
</context>
<context>
    <name>ChoosingLanguage</name>
    <message>
        <source>Choose your language</source>
        <translation>请选择语言</translation>
    </message>
    <message>
        <source>You can change it at any time.</source>
        <translation>办理过程中可随时切换语言。</translation>
    </message>
</context>
<context>
    <name>ChoosingReservation</name>
    <message>
        <source>Which appointment is it?</source>
        <translation>请选择您的预约</translation>
    </message>
    <message>
        <source>You have more than one today. Choose the one that you want to check in for.</source>
        <translation>您今天有多个预约，请选择现在要签到的一个。</translation>
    </message>
    <message>
        <source>Use another document</source>
        <translation>换一个证件</translation>
    </message>
</context>
<context>
    <name>ChoosingService</name>
    <message>
        <source>What would you like to do?</source>
        <translation>请选择业务</translation>
    </message>
    <message>
        <source>Choose one service. The time is how long the wait is likely to be.</source>
        <translation>请选择一项业务。所示时间为预计等候时间。</translation>
    </message>
    <message>
        <source>Choose one service.</source>
        <translation>请选择一项业务。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>Confirming</name>
    <message>
        <source>Is this correct?</source>
        <translation>请核对信息</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>办理业务</translation>
    </message>
    <message>
        <source>Appointment</source>
        <translation>预约时间</translation>
    </message>
    <message>
        <source>Without an appointment</source>
        <translation>无预约</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Use another document</source>
        <translation>换一个证件</translation>
    </message>
    <message>
        <source>Print my ticket</source>
        <translation>打印排队号</translation>
    </message>
</context>
<context>
    <name>Failed</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Choose another service</source>
        <translation>选择其他业务</translation>
    </message>
    <message>
        <source>Call staff to this machine</source>
        <translation>呼叫工作人员</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>For staff: %1</source>
        <translation>工作人员参考：%1</translation>
    </message>
</context>
<context>
    <name>FailureTexts</name>
    <message>
        <source>Your document could not be read</source>
        <translation>无法读取您的证件</translation>
    </message>
    <message>
        <source>Open your passport at the photo page, take off any cover, and lay it flat on the glass. If it does not work again, call staff.</source>
        <translation>请取下护照套，翻到照片页，平放在玻璃上。如果仍然无法读取，请呼叫工作人员。</translation>
    </message>
    <message>
        <source>Staff need to look at your document</source>
        <translation>需要工作人员查看您的证件</translation>
    </message>
    <message>
        <source>The printed lines of your document could not be checked here. Please call staff, and have your document ready.</source>
        <translation>本机无法核验证件上的机读码。请呼叫工作人员，并准备好您的证件。</translation>
    </message>
    <message>
        <source>The document was lifted too early</source>
        <translation>证件过早取走</translation>
    </message>
    <message>
        <source>Place it again, and leave it there until the screen says that it is done.</source>
        <translation>请重新放置证件，在屏幕提示完成之前请勿移动。</translation>
    </message>
    <message>
        <source>This document has expired</source>
        <translation>此证件已过期</translation>
    </message>
    <message>
        <source>If you have a newer passport or card, cancel and start again with it. Otherwise please call staff.</source>
        <translation>如果您有新的护照或证件，请取消后用新证件重新开始；否则请呼叫工作人员。</translation>
    </message>
    <message>
        <source>It could not be checked at this machine. Please call staff.</source>
        <translation>本机无法核验此证件，请呼叫工作人员。</translation>
    </message>
    <message>
        <source>Its chip could not be checked at this machine. Please call staff.</source>
        <translation>本机无法核验证件芯片，请呼叫工作人员。</translation>
    </message>
    <message>
        <source>There is more than one document</source>
        <translation>检测到多个证件</translation>
    </message>
    <message>
        <source>This hall serves foreign nationals</source>
        <translation>本大厅受理外国人业务</translation>
    </message>
    <message>
        <source>If you are not sure where to go, please call staff.</source>
        <translation>如不清楚应到哪里办理，请呼叫工作人员。</translation>
    </message>
    <message>
        <source>Take everything off the machine, and then place only the document that you made your appointment with.</source>
        <translation>请取走所有物品，然后只放置预约时使用的证件。</translation>
    </message>
    <message>
        <source>This is not an appointment code</source>
        <translation>这不是预约码</translation>
    </message>
    <message>
        <source>Show the code from the confirmation of your appointment, or place your document.</source>
        <translation>请出示预约确认信息中的预约码，或放置您的证件。</translation>
    </message>
    <message>
        <source>This appointment was not found</source>
        <translation>未找到该预约</translation>
    </message>
    <message>
        <source>It may have been changed or cancelled. Try again with your document instead of the code, or call staff.</source>
        <translation>该预约可能已更改或取消。请改用证件重试，或呼叫工作人员。</translation>
    </message>
    <message>
        <source>You have already checked in today</source>
        <translation>您今天已经取过号</translation>
    </message>
    <message>
        <source>Your ticket is still valid. If you have lost it, please call staff: they can print it again.</source>
        <translation>您的排队号仍然有效。如果号票遗失，请呼叫工作人员补打。</translation>
    </message>
    <message>
        <source>This service is not available any more today</source>
        <translation>今天已无法办理该业务</translation>
    </message>
    <message>
        <source>You can choose another service, or come back on another day.</source>
        <translation>您可以选择其他业务，或改日再来。</translation>
    </message>
    <message>
        <source>This machine cannot read documents now</source>
        <translation>本机暂时无法读取证件</translation>
    </message>
    <message>
        <source>Please use another machine, or call staff.</source>
        <translation>请使用其他自助机，或呼叫工作人员。</translation>
    </message>
    <message>
        <source>No connection at the moment</source>
        <translation>暂时无法连接系统</translation>
    </message>
    <message>
        <source>Please try again. If it does not work after two tries, call staff.</source>
        <translation>请重试。如果两次仍不成功，请呼叫工作人员。</translation>
    </message>
    <message>
        <source>This is taking too long</source>
        <translation>系统响应超时</translation>
    </message>
    <message>
        <source>The hall&apos;s system has a problem</source>
        <translation>大厅系统出现问题</translation>
    </message>
    <message>
        <source>It is not your fault. Please try again. If it does not work after two tries, call staff.</source>
        <translation>这不是您的操作问题。请重试；如果两次仍不成功，请呼叫工作人员。</translation>
    </message>
    <message>
        <source>No ticket could be issued</source>
        <translation>无法取号</translation>
    </message>
    <message>
        <source>Please call staff: they can give you a number by hand.</source>
        <translation>请呼叫工作人员，为您人工取号。</translation>
    </message>
    <message>
        <source>The printer is not answering</source>
        <translation>打印机没有响应</translation>
    </message>
    <message>
        <source>Your number is valid. It prints as soon as it can.</source>
        <translation>您的排队号有效，打印机恢复后将自动打印。</translation>
    </message>
    <message>
        <source>The printer is out of paper</source>
        <translation>打印机缺纸</translation>
    </message>
    <message>
        <source>Your number is valid. It prints as soon as there is paper.</source>
        <translation>您的排队号有效，装纸后将自动打印。</translation>
    </message>
    <message>
        <source>The printer&apos;s cover is open</source>
        <translation>打印机盖未关</translation>
    </message>
    <message>
        <source>Your number is valid. It prints as soon as the cover is closed.</source>
        <translation>您的排队号有效，关好机盖后将自动打印。</translation>
    </message>
    <message>
        <source>The printer has a problem</source>
        <translation>打印机出现故障</translation>
    </message>
    <message>
        <source>Has your ticket come out?</source>
        <translation>号票打印出来了吗？</translation>
    </message>
    <message>
        <source>Please look in the ticket slot. Your number is valid.</source>
        <translation>请查看出票口。您的排队号有效。</translation>
    </message>
    <message>
        <source>The ticket cannot be printed again</source>
        <translation>号票不能再次打印</translation>
    </message>
    <message>
        <source>Your number is valid. Please call staff: they write it down for you.</source>
        <translation>您的排队号有效。请呼叫工作人员，为您手写号码。</translation>
    </message>
    <message>
        <source>A document is still on the machine</source>
        <translation>自助机上仍有证件</translation>
    </message>
    <message>
        <source>Please take your document. If it is not yours, please tell the information desk.</source>
        <translation>请取走您的证件。如非本人证件，请告知咨询台。</translation>
    </message>
    <message>
        <source>Something went wrong with this machine</source>
        <translation>本机出现问题</translation>
    </message>
    <message>
        <source>It is not your fault. Please use another machine, or call staff.</source>
        <translation>这不是您的操作问题。请使用其他自助机，或呼叫工作人员。</translation>
    </message>
</context>
<context>
    <name>FindingReservation</name>
    <message>
        <source>Looking for your appointment</source>
        <translation>正在查询您的预约</translation>
    </message>
    <message>
        <source>One moment, please.</source>
        <translation>请稍候。</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Call staff</source>
        <translation>呼叫工作人员</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Training only: tickets are not valid</source>
        <translation>仅供培训使用，号票无效</translation>
    </message>
</context>
<context>
    <name>Hint</name>
    <message>
        <source>Waiting for your document</source>
        <translation>请放置证件</translation>
    </message>
    <message>
        <source>Closer: lay it flat on the glass</source>
        <translation>请靠近，平放在玻璃上</translation>
    </message>
    <message>
        <source>Not sharp yet: lay it flat, and let go</source>
        <translation>图像不清晰，请放平后松手</translation>
    </message>
    <message>
        <source>There is a reflection: take off the cover</source>
        <translation>有反光，请取下证件套</translation>
    </message>
    <message>
        <source>It is too dark: keep your hand out of the light</source>
        <translation>光线太暗，请勿用手遮挡</translation>
    </message>
    <message>
        <source>Turn it over</source>
        <translation>请翻面</translation>
    </message>
    <message>
        <source>Open it at the page with your photo</source>
        <translation>请翻到照片页</translation>
    </message>
    <message>
        <source>Good. Leave it still for a moment</source>
        <translation>很好，请保持不动</translation>
    </message>
    <message>
        <source>Good: one more moment</source>
        <translation>很好，请再稍候</translation>
    </message>
</context>
<context>
    <name>IssuingTicket</name>
    <message>
        <source>Getting your number</source>
        <translation>正在取号</translation>
    </message>
    <message>
        <source>One moment, please.</source>
        <translation>请稍候。</translation>
    </message>
</context>
<context>
    <name>LanguageSwitch</name>
    <message>
        <source>Language</source>
        <translation>语言 Language</translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>English</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>Place your passport or ID card</source>
        <translation>请放置护照或身份证件</translation>
    </message>
    <message>
        <source>or show your appointment code</source>
        <translation>或出示预约码</translation>
    </message>
    <message>
        <source>dddd, MMMM d</source>
        <translation>M月d日 dddd</translation>
    </message>
    <message>
        <source>Reading your document</source>
        <translation>正在读取证件</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
</context>
<context>
    <name>NoReservation</name>
    <message>
        <source>No appointment was found</source>
        <translation>未找到预约</translation>
    </message>
    <message>
        <source>That is no problem: many services need no appointment. If you made one with another document, use that one.</source>
        <translation>没有关系，许多业务无需预约。如果您预约时使用的是其他证件，请换用该证件。</translation>
    </message>
    <message>
        <source>Continue without an appointment</source>
        <translation>无预约，继续办理</translation>
    </message>
    <message>
        <source>Use another document</source>
        <translation>换一个证件</translation>
    </message>
</context>
<context>
    <name>OutOfService</name>
    <message>
        <source>This machine is out of service</source>
        <translation>本机暂停服务</translation>
    </message>
    <message>
        <source>The hall is closed</source>
        <translation>大厅已关闭</translation>
    </message>
    <message>
        <source>This machine is starting</source>
        <translation>本机正在启动</translation>
    </message>
    <message>
        <source>One moment, please.</source>
        <translation>请稍候。</translation>
    </message>
    <message>
        <source>Please use another machine, or ask at the information desk.</source>
        <translation>请使用其他自助机，或到咨询台询问。</translation>
    </message>
    <message>
        <source>It opens again: %1</source>
        <translation>下次开放时间：%1</translation>
    </message>
    <message>
        <source>For staff: %1</source>
        <translation>工作人员参考：%1</translation>
    </message>
</context>
<context>
    <name>Pager</name>
    <message>
        <source>Previous</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一页</translation>
    </message>
</context>
<context>
    <name>PlacingDocument</name>
    <message>
        <source>Place your document</source>
        <translation>请放置证件</translation>
    </message>
    <message>
        <source>Passport: open at the photo page, photo down, flat on the glass. Card: lay it on the reader.</source>
        <translation>护照：翻到照片页，照片朝下，平放在玻璃上。卡式证件：放在读卡区。</translation>
    </message>
    <message>
        <source>Or hold your appointment code to the glass.</source>
        <translation>也可以将预约码对准玻璃。</translation>
    </message>
</context>
<context>
    <name>PrintFailed</name>
    <message>
        <source>Please wait here a moment, or go to the information desk with your number.</source>
        <translation>请在此稍候，或凭此号码到咨询台。</translation>
    </message>
    <message>
        <source>Try to print again</source>
        <translation>再次打印</translation>
    </message>
    <message>
        <source>Finish: I keep my number</source>
        <translation>结束：保留我的号码</translation>
    </message>
    <message>
        <source>I do not need the ticket any more</source>
        <translation>不再需要排队号，作废</translation>
    </message>
</context>
<context>
    <name>PrintUncertain</name>
    <message>
        <source>Has your ticket come out?</source>
        <translation>号票打印出来了吗？</translation>
    </message>
    <message>
        <source>Please look in the slot below the screen. Your number is valid either way.</source>
        <translation>请查看屏幕下方的出票口。无论是否打印，您的排队号都有效。</translation>
    </message>
    <message>
        <source>Yes, I have it</source>
        <translation>是，我已拿到</translation>
    </message>
    <message>
        <source>No, print it again</source>
        <translation>否，请重新打印</translation>
    </message>
</context>
<context>
    <name>PrintingTicket</name>
    <message>
        <source>Your ticket is being printed</source>
        <translation>正在打印号票</translation>
    </message>
    <message>
        <source>It comes out below the screen.</source>
        <translation>号票将从屏幕下方的出票口打印出来。</translation>
    </message>
</context>
<context>
    <name>ReadingDocument</name>
    <message>
        <source>Chip of the card</source>
        <translation>证件芯片</translation>
    </message>
    <message>
        <source>Printed page</source>
        <translation>证件资料页</translation>
    </message>
    <message>
        <source>Chip</source>
        <translation>芯片</translation>
    </message>
    <message>
        <source>Authenticity</source>
        <translation>真伪核验</translation>
    </message>
    <message>
        <source>Reading your document</source>
        <translation>正在读取证件</translation>
    </message>
    <message>
        <source>Leave it where it is. This takes a few seconds.</source>
        <translation>请勿移动证件，只需几秒钟。</translation>
    </message>
    <message>
        <source>Not read yet: please do what is shown.</source>
        <translation>尚未读取，请按提示操作。</translation>
    </message>
</context>
<context>
    <name>ReservationCard</name>
    <message>
        <source>Your appointment</source>
        <translation>您的预约</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>办理业务</translation>
    </message>
</context>
<context>
    <name>ServiceTile</name>
    <message>
        <source>Not available now</source>
        <translation>暂不可办理</translation>
    </message>
    <message>
        <source>%1–%2 min</source>
        <translation>%1–%2 分钟</translation>
    </message>
</context>
<context>
    <name>StaffCalled</name>
    <message>
        <source>Please wait here for staff</source>
        <translation>请在此等候工作人员</translation>
    </message>
    <message>
        <source>Your number is valid. If nobody comes within a few minutes, go to the information desk with it.</source>
        <translation>您的排队号有效。如几分钟内无人前来，请凭此号码到咨询台。</translation>
    </message>
    <message>
        <source>If nobody comes within a few minutes, please go to the information desk.</source>
        <translation>如几分钟内无人前来，请到咨询台。</translation>
    </message>
    <message>
        <source>I no longer need help</source>
        <translation>不再需要帮助</translation>
    </message>
    <message>
        <source>For staff: %1</source>
        <translation>工作人员参考：%1</translation>
    </message>
</context>
<context>
    <name>StillThere</name>
    <message>
        <source>Are you still there?</source>
        <translation>您还在吗？</translation>
    </message>
    <message>
        <source>The visit ends, and your data is deleted, in</source>
        <translation>办理即将结束并清除您的信息，剩余秒数：</translation>
    </message>
    <message>
        <source>More time</source>
        <translation>继续办理</translation>
    </message>
    <message>
        <source>End now</source>
        <translation>立即结束</translation>
    </message>
</context>
<context>
    <name>TakeDocument</name>
    <message>
        <source>Please take your document</source>
        <translation>请取走您的证件</translation>
    </message>
    <message>
        <source>It is still on the machine. If it is not yours, please tell the information desk.</source>
        <translation>证件仍在自助机上。如非本人证件，请告知咨询台。</translation>
    </message>
    <message>
        <source>Do not forget your ticket either.</source>
        <translation>也请不要忘记您的号票。</translation>
    </message>
</context>
<context>
    <name>TicketPlate</name>
    <message>
        <source>Your number</source>
        <translation>您的排队号</translation>
    </message>
</context>
<context>
    <name>TicketPrinted</name>
    <message>
        <source>Take your ticket</source>
        <translation>请取走号票</translation>
    </message>
    <message>
        <source>Go now to</source>
        <translation>请立即前往</translation>
    </message>
    <message>
        <source>Please wait in</source>
        <translation>请到以下区域等候</translation>
    </message>
    <message>
        <source>Desk %1</source>
        <translation>%1 号窗口</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>办理业务</translation>
    </message>
    <message>
        <source>Before you</source>
        <translation>前面等候</translation>
    </message>
    <message>
        <source>You are next</source>
        <translation>下一位就是您</translation>
    </message>
    <message numerus="yes">
        <source>%n people</source>
        <comment>people who are before the visitor in the queue</comment>
        <translation>
            <numerusform>%n 人</numerusform>
        </translation>
    </message>
    <message>
        <source>Likely wait</source>
        <translation>预计等候</translation>
    </message>
    <message>
        <source>%1–%2 minutes</source>
        <translation>%1–%2 分钟</translation>
    </message>
    <message>
        <source>I have my ticket</source>
        <translation>我已取票</translation>
    </message>
    <message>
        <source>My ticket did not come out</source>
        <translation>号票没有打印出来</translation>
    </message>
</context>
<context>
    <name>TooEarly</name>
    <message>
        <source>You are early</source>
        <translation>您提前到了</translation>
    </message>
    <message>
        <source>Check-in for your appointment opens at %1. Please come back to this machine then.</source>
        <translation>您的预约从 %1 起可以签到，请届时再来本机。</translation>
    </message>
    <message>
        <source>Understood, finish</source>
        <translation>知道了，结束</translation>
    </message>
    <message>
        <source>Continue without an appointment</source>
        <translation>无预约，继续办理</translation>
    </message>
</context>
<context>
    <name>TooLate</name>
    <message>
        <source>The time of your appointment has passed</source>
        <translation>已超过预约时间</translation>
    </message>
    <message>
        <source>We can still serve you today: you get a number in the queue without appointments.</source>
        <translation>今天仍可为您办理：您将取得无预约排队号。</translation>
    </message>
    <message>
        <source>Get a number in the queue</source>
        <translation>取无预约排队号</translation>
    </message>
</context>
<context>
    <name>Wiping</name>
    <message>
        <source>Thank you</source>
        <translation>谢谢</translation>
    </message>
    <message>
        <source>Your data is being deleted from this machine.</source>
        <translation>正在清除本机上您的信息。</translation>
    </message>
</context>
<context>
    <name>WrongDay</name>
    <message>
        <source>Your appointment is on another day</source>
        <translation>您的预约不在今天</translation>
    </message>
    <message>
        <source>Please come on the day of your appointment, or continue today without one.</source>
        <translation>请在预约当天前来，或今天按无预约办理。</translation>
    </message>
    <message>
        <source>Understood, finish</source>
        <translation>知道了，结束</translation>
    </message>
    <message>
        <source>Continue without an appointment</source>
        <translation>无预约，继续办理</translation>
    </message>
</context>
<context>
    <name>WrongHall</name>
    <message>
        <source>Your appointment is at another hall</source>
        <translation>您的预约在其他大厅</translation>
    </message>
    <message>
        <source>Please go there, or continue here without an appointment.</source>
        <translation>请前往预约的大厅，或在此按无预约办理。</translation>
    </message>
    <message>
        <source>Understood, finish</source>
        <translation>知道了，结束</translation>
    </message>
    <message>
        <source>Continue without an appointment</source>
        <translation>无预约，继续办理</translation>
    </message>
</context>
</TS>
