pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HallKiosk
import "../components"

// What is wrong, and what to do now: one way on where there is one, and staff always.
ScreenLayout {
    id: root

    required property KioskViewModel kiosk

    title: root.kiosk.failureTitle
    text: root.kiosk.failureAdvice
    picture: Item {
        Badge {
            anchors.centerIn: parent
            visible: root.kiosk.ticketNumber === ""
            icon: Icons.warning
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
