pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HallKiosk
import "../components"

// What is wrong, and what to do now: one way on where there is one, and staff always.
ScreenLayout {
    id: root

    required property KioskViewModel kiosk

    // What it is about: the code of a failure begins with it.
    readonly property var pictograms: ({
            BACKEND: Icons.network,
            CHIP: Icons.passport,
            CODE: Icons.code,
            DOCUMENT: Icons.passport,
            NOT: Icons.place,
            PRINTER: Icons.printer,
            READERS: Icons.power,
            RESERVATION: Icons.calendar,
            SERVICE: Icons.clock,
            TICKET: Icons.ticket,
            TWO: Icons.passport
        })
    readonly property string pictogram: pictograms[kiosk.failureCode.split("_")[0]] ?? Icons.warning

    title: root.kiosk.failureTitle
    text: root.kiosk.failureAdvice
    picture: Item {
        Badge {
            anchors.centerIn: parent
            visible: root.kiosk.ticketNumber === ""
            within: parent
            icon: root.pictogram
            tone: Theme.warning
            ground: Theme.warningSoft
        }
        TicketPlate {
            anchors.centerIn: parent
            width: parent.width
            visible: root.kiosk.ticketNumber !== ""
            number: root.kiosk.ticketNumber
            numberSize: Theme.portrait ? Theme.giant : 160
        }
    }

    KioskButton {
        objectName: "retry"
        Layout.fillWidth: true
        visible: root.kiosk.canRetry
        icon: Icons.again
        text: qsTr("Try again")
        onTapped: root.kiosk.retryPressed()
    }
    KioskButton {
        objectName: "chooseService"
        Layout.fillWidth: true
        visible: root.kiosk.canChooseService
        icon: Icons.document
        text: qsTr("Choose another service")
        onTapped: root.kiosk.walkInPressed()
    }
    KioskButton {
        objectName: "helpMe"
        Layout.fillWidth: true
        visible: !root.kiosk.canRetry && !root.kiosk.canChooseService
        icon: Icons.bell
        text: qsTr("Call staff to this machine")
        onTapped: root.kiosk.callStaffPressed()
    }
    KioskButton {
        objectName: "done"
        Layout.fillWidth: true
        visible: !root.kiosk.canRetry && !root.kiosk.canChooseService
        kind: KioskButton.Secondary
        icon: Icons.check
        text: qsTr("Finish")
        onTapped: root.kiosk.donePressed()
    }
    Label {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignRight
        text: qsTr("For staff: %1").arg(root.kiosk.failureCode)
        color: Theme.inkSoft
        font.pixelSize: 28
    }
}
