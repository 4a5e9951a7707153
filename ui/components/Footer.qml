pragma ComponentBehavior: Bound

import QtQuick
import HallKiosk

// The ways out that every screen has: cancel, and call staff.
Rectangle {
    id: root

    required property KioskViewModel kiosk
    signal languagesAsked

    implicitHeight: Theme.portrait ? 176 : 144
    color: Theme.surface

    Rectangle {
        width: parent.width
        height: 2
        color: Theme.line
    }
    KioskButton {
        id: cancel

        objectName: "cancel"
        anchors.left: parent.left
        anchors.leftMargin: Theme.portrait ? 40 : Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        height: Theme.portrait ? 112 : 104
        visible: root.kiosk.canCancel
        kind: KioskButton.Quiet
        fontSize: 36
        icon: Icons.cross
        text: qsTr("Cancel")
        onTapped: root.kiosk.cancelPressed()
    }
    LanguageSwitch {
        visible: Theme.portrait && root.kiosk.canChangeLanguage
        // In the middle between the two, and there on every screen, whether they are or not.
        x: (cancel.x + cancel.width + staff.x - width) / 2
        anchors.verticalCenter: parent.verticalCenter
        kiosk: root.kiosk
        onMoreAsked: root.languagesAsked()
    }
    KioskButton {
        id: staff

        objectName: "callStaff"
        anchors.right: parent.right
        anchors.rightMargin: Theme.portrait ? 40 : Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        height: Theme.portrait ? 112 : 104
        visible: root.kiosk.canCallStaff
        kind: KioskButton.Quiet
        fontSize: 36
        icon: Icons.bell
        text: qsTr("Call staff")
        onTapped: root.kiosk.callStaffPressed()
    }
}
