pragma ComponentBehavior: Bound

import QtQuick
import HallKiosk
import "../components"

ScreenLayout {
    id: root

    required property KioskViewModel kiosk

    actionWidth: Theme.portrait ? width - 2 * Theme.margin : 0
    title: root.kiosk.closed ? qsTr("The hall is closed") : qsTr("This machine is out of service")
    text: {
        if (!root.kiosk.closed)
            return qsTr("Please use another machine, or ask at the information desk.");
        return root.kiosk.opensAgain === "" ? "" : qsTr("It opens again: %1").arg(root.kiosk.opensAgain);
    }
    picture: Item {
        Column {
            anchors.centerIn: parent
            width: parent.width
            spacing: 56

            Badge {
                anchors.horizontalCenter: parent.horizontalCenter
                icon: root.kiosk.closed ? Icons.clock : Icons.power
                tone: root.kiosk.closed ? Theme.primary : Theme.danger
                ground: root.kiosk.closed ? Theme.primarySoft : Theme.dangerSoft
            }
            Label {
                width: parent.width
                visible: root.kiosk.missing.length > 0
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("For staff: %1").arg(root.kiosk.missing.join(", "))
                color: Theme.inkSoft
                font.pixelSize: 30
            }
        }
    }
}
