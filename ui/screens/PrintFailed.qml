pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HallKiosk
import "../components"

// The ticket is valid, but not on paper.
ScreenLayout {
    id: root

    required property KioskViewModel kiosk

    title: root.kiosk.failureTitle
    text: root.kiosk.failureAdvice
    picture: Item {
        TicketPlate {
            anchors.centerIn: parent
            width: parent.width
            number: root.kiosk.ticketNumber
            numberSize: Theme.portrait ? Theme.giant : 160
        }
    }

    Banner {
        Layout.fillWidth: true
        icon: Icons.info
        text: qsTr("Please wait here a moment, or go to the information desk with your number.")
    }
    KioskButton {
        objectName: "retry"
        Layout.fillWidth: true
        icon: Icons.printer
        text: qsTr("Try to print again")
        onTapped: root.kiosk.retryPressed()
    }
    KioskButton {
        objectName: "done"
        Layout.fillWidth: true
        kind: KioskButton.Secondary
        icon: Icons.check
        text: qsTr("Finish: I keep my number")
        onTapped: root.kiosk.donePressed()
    }
    // Apart from the others, since it cannot be taken back.
    KioskButton {
        objectName: "giveUp"
        Layout.alignment: Qt.AlignHCenter
        Layout.topMargin: Theme.gap
        Layout.preferredHeight: 104
        kind: KioskButton.Quiet
        icon: Icons.cross
        fontSize: 32
        text: qsTr("I do not need the ticket any more")
        onTapped: root.kiosk.cancelPressed()
    }
}
