pragma ComponentBehavior: Bound

import QtQuick
import HallKiosk
import "../components"

ScreenLayout {
    id: root

    required property KioskViewModel kiosk

    actionWidth: Theme.portrait ? width - 2 * Theme.margin : 0
    readonly property string pictogram: root.kiosk.closed ? Icons.clock : root.kiosk.starting ? Icons.again : Icons.power
    readonly property bool broken: !root.kiosk.closed && !root.kiosk.starting

    title: {
        if (root.kiosk.closed)
            return qsTr("The hall is closed");
        return root.kiosk.starting ? qsTr("This machine is starting") : qsTr("This machine is out of service");
    }
    text: {
        if (root.kiosk.starting)
            return qsTr("One moment, please.");
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
                icon: root.pictogram
                tone: root.broken ? Theme.danger : Theme.primary
                ground: root.broken ? Theme.dangerSoft : Theme.primarySoft
            }
            Label {
                width: parent.width
                visible: root.kiosk.missing.length > 0 && !root.kiosk.starting
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("For staff: %1").arg(root.kiosk.missing.join(", "))
                color: Theme.inkSoft
                font.pixelSize: 30
            }
        }
    }
}
