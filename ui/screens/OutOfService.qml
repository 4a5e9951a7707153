pragma ComponentBehavior: Bound

import QtQuick
import HallKiosk
import "../components"

ScreenLayout {
    id: root

    required property KioskViewModel kiosk

    actionWidth: Theme.portrait ? width - 2 * Theme.margin : 0
    title: qsTr("This machine is out of service")
    text: qsTr("Please use another machine, or ask at the information desk.")
    picture: Item {
        Column {
            anchors.centerIn: parent
            width: parent.width
            spacing: 56
            Badge {
                anchors.horizontalCenter: parent.horizontalCenter
                icon: Icons.power
                tone: Theme.danger
                ground: Theme.dangerSoft
            }
            Label {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("For staff: %1").arg(root.kiosk.missing.join(", "))
                color: Theme.inkSoft
                font.pixelSize: 30
            }
        }
    }
}
