<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Attract</name>
    <message>
        <source>Other languages</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Checklist</name>
    <message>
        <source>Please have ready at the desk</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChoosingLanguage</name>
    <message>
        <source>Choose your language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You can change it at any time.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChoosingReservation</name>
    <message>
        <source>Which appointment is it?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You have more than one today. Choose the one that you want to check in for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use another document</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChoosingService</name>
    <message>
        <source>What would you like to do?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one service. The time is how long the wait is likely to be.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Confirming</name>
    <message>
        <source>Is this correct?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appointment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without an appointment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print my ticket</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Failed</name>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call staff to this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finish</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For staff: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FailureTexts</name>
    <message>
        <source>Your document could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open your passport at the photo page, take off any cover, and lay it flat on the glass. If it does not work again, call staff.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Staff need to look at your document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The printed lines of your document could not be checked here. Please call staff, and have your document ready.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The document was lifted too early</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place it again, and leave it there until the screen says that it is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This document has expired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If you have a newer passport or card, cancel and start again with it. Otherwise please call staff.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be checked at this machine. Please call staff.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its chip could not be checked at this machine. Please call staff.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is more than one document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take everything off the machine, and then place only the document that you made your reservation with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This hall serves foreign nationals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If you are not sure where to go, please call staff.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a reservation code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the code from the confirmation of your reservation, or place your document.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This reservation was not found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may have been changed or cancelled. Try again with your document instead of the code, or call staff.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You have already checked in today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your ticket is still valid. If you have lost it, please call staff: they can print it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This service is not available any more today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You can choose another service, or come back on another day.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This machine cannot read documents now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please use another machine, or call staff.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No connection at the moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please try again. If it does not work after two tries, call staff.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is taking too long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The hall&apos;s system has a problem</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not your fault. Please try again. If it does not work after two tries, call staff.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No ticket could be issued</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please call staff: they can give you a number by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The printer is not answering</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your number is valid. It prints as soon as it can.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The printer is out of paper</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your number is valid. It prints as soon as there is paper.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The printer&apos;s cover is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your number is valid. It prints as soon as the cover is closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The printer has a problem</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Has your ticket come out?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please look in the ticket slot. Your number is valid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ticket cannot be printed again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your number is valid. Please call staff: they write it down for you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A document is still on the machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please take your document. Staff have been told.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong with this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not your fault. Please use another machine, or call staff.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FindingReservation</name>
    <message>
        <source>Looking for your reservation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One moment, please.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call staff</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>IssuingTicket</name>
    <message>
        <source>Getting your number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One moment, please.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>English</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place your passport or ID card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>or show your reservation code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Mismatch</name>
    <message>
        <source>Continue without an appointment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use another document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Understood, finish</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoReservation</name>
    <message>
        <source>No appointment was found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is no problem: many services need no appointment. If you made one with another document, use that one.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OutOfService</name>
    <message>
        <source>This machine is out of service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please use another machine, or ask at the information desk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For staff: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Pager</name>
    <message>
        <source>Previous</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PlacingDocument</name>
    <message>
        <source>Waiting for your document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closer: lay it flat on the glass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not sharp yet: lay it flat, and let go</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a reflection: take off the cover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn it over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open it at the page with your photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Good. Leave it still for a moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place your document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passport: open at the photo page, photo down, flat on the glass. Card: lay it on the reader.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Or hold your reservation code to the glass.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PrintFailed</name>
    <message>
        <source>Staff have been told, and are on their way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try to print again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I will remember my number</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PrintUncertain</name>
    <message>
        <source>Has your ticket come out?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please look in the slot below the screen. Your number is valid either way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes, I have it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No, print it again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PrintingTicket</name>
    <message>
        <source>Your ticket is being printed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It comes out below the screen.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReadingDocument</name>
    <message>
        <source>Chip of the card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Printed page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Authenticity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading your document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave it where it is. This takes a few seconds.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReservationCard</name>
    <message>
        <source>Your appointment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Service</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ServiceTile</name>
    <message>
        <source>Not available now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1–%2 min</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StaffCalled</name>
    <message>
        <source>Staff are on their way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please stay at this machine. Somebody will be with you in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I no longer need help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For staff: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StillThere</name>
    <message>
        <source>Are you still there?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The visit ends, and your data is deleted, in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End now</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TakeDocument</name>
    <message>
        <source>Please take your document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is still on the machine. Staff have been told.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not forget your ticket either.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TicketPlate</name>
    <message>
        <source>Your number</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TicketPrinted</name>
    <message>
        <source>Take your ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go now to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please wait in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Desk %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are next</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n people</source>
        <comment>people who are before the visitor in the queue</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Likely wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 to %2 minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I have my ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>My ticket did not come out</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TooEarly</name>
    <message>
        <source>You are early</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check-in for your appointment opens at %1. Please come back to this machine then.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TooLate</name>
    <message>
        <source>The time of your appointment has passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>We can still serve you today: you get a number in the queue without appointments.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Get a number in the queue</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Wiping</name>
    <message>
        <source>Thank you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your data is being deleted from this machine.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WrongDay</name>
    <message>
        <source>Your appointment is on another day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please come on the day of your appointment, or continue today without one.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WrongHall</name>
    <message>
        <source>Your appointment is at another hall</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please go there, or continue here without an appointment.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
